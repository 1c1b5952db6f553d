import { DuplicateCandidateRepository } from './application/persons/duplicate-candidate.repository';
import { DuplicateCandidateService } from './application/persons/duplicate-candidate.service';
import { DuplicateCandidatesJob } from './application/persons/duplicate-candidates.job';
import { MajorityJob } from './application/persons/majority.job';
import { PersonKeysJob } from './application/persons/person-keys.job';
import { PersonMergeService } from './application/persons/person-merge.service';
import { PersonTokens } from './application/persons/person.blinding';
import { PersonCandidates } from './application/persons/person.candidates';
import { PersonDuplicates } from './application/persons/person.duplicates';
import { PersonQueries } from './application/persons/person.queries';
import { PersonRepository } from './application/persons/person.repository';
import { PersonSearch } from './application/persons/person.search';
import { PersonService } from './application/persons/person.service';
import { PersonVault } from './application/persons/person.vault';
import { DuplicateCandidateController } from './http/persons/duplicate-candidate.controller';
import { PersonKeysController } from './http/persons/person-keys.controller';
import { PersonController } from './http/persons/person.controller';

/** Persons, and what makes two records one person: spread into the case module. */
export const PERSONS_CONTROLLERS = [PersonController, PersonKeysController, DuplicateCandidateController];
export const PERSONS_PROVIDERS = [
  PersonRepository,
  PersonVault,
  PersonKeysJob,
  PersonTokens,
  PersonCandidates,
  PersonDuplicates,
  PersonSearch,
  DuplicateCandidateRepository,
  DuplicateCandidateService,
  DuplicateCandidatesJob,
  PersonService,
  PersonMergeService,
  PersonQueries,
  MajorityJob,
];
