import { CaseRequestQueries } from './application/case-request.queries';
import { CaseRequestRepository } from './application/case-request.repository';
import { CaseRequestService } from './application/case-request.service';
import { CaseFollowUpListeners } from './application/case-follow-up.listeners';
import { ConsentEndListeners } from './application/consent-end.listeners';
import { CausedFollowUps } from './application/caused-follow-ups';
import { FollowUpEscalation } from './application/follow-up.escalation';
import { DeclineLetterQueries } from './application/decline-letter.queries';
import { ComplaintWayRepository, DeclineLetterRepository } from './application/decline-letter.repositories';
import { DeclineLetterService } from './application/decline-letter.service';
import { DuplicateCandidateRepository } from './application/duplicate-candidate.repository';
import { DuplicateCandidateService } from './application/duplicate-candidate.service';
import { DuplicateCandidatesJob } from './application/duplicate-candidates.job';
import { FollowUpListeners } from './application/follow-up.listeners';
import { FollowUpQueries } from './application/follow-up.queries';
import { FollowUpRepository } from './application/follow-up.repository';
import { FollowUpService } from './application/follow-up.service';
import { JournalEntryQueries } from './application/journal-entry.queries';
import { JournalEntryRepository } from './application/journal-entry.repository';
import { JournalEntryService } from './application/journal-entry.service';
import { PlanningFollowUpListeners } from './application/planning-follow-up.listeners';
import { MajorityJob } from './application/majority.job';
import { OwnConsentJob, OwnConsentListeners, OwnConsents } from './application/own-consent.listeners';
import { PersonKeysJob } from './application/person-keys.job';
import { PersonMergeService } from './application/person-merge.service';
import { PersonTokens } from './application/person.blinding';
import { PersonCandidates } from './application/person.candidates';
import { PersonDuplicates } from './application/person.duplicates';
import { PersonQueries } from './application/person.queries';
import { PersonRepository } from './application/person.repository';
import { PersonSearch } from './application/person.search';
import { PersonService } from './application/person.service';
import { PersonVault } from './application/person.vault';
import { RepresentationQueries } from './application/representation.queries';
import { RepresentationRepository } from './application/representation.repository';
import { RepresentationService } from './application/representation.service';
import { ScreeningQuestionSetQueries } from './application/screening-question-set.queries';
import { ScreeningQuestionSetRepository } from './application/screening-question-set.repository';
import { ScreeningQuestionSetService } from './application/screening-question-set.service';
import { StaffQueries } from './application/staff.queries';
import { StaffRepository } from './application/staff.repository';
import { StaffService } from './application/staff.service';
import { CaseRequestController } from './http/case-request.controller';
import { DeclineLetterController } from './http/decline-letter.controller';
import { DuplicateCandidateController } from './http/duplicate-candidate.controller';
import { FollowUpController } from './http/follow-up.controller';
import { JournalEntryController } from './http/journal-entry.controller';
import { PersonController } from './http/person.controller';
import { PersonKeysController } from './http/person-keys.controller';
import { RepresentationController } from './http/representation.controller';
import { ScreeningQuestionSetController } from './http/screening-question-set.controller';
import { StaffController } from './http/staff.controller';

/** Persons, requests, staff, journal and follow-ups: spread into the case module. */
export const INTAKE_CONTROLLERS = [
  PersonController,
  PersonKeysController,
  RepresentationController,
  DuplicateCandidateController,
  CaseRequestController,
  ScreeningQuestionSetController,
  DeclineLetterController,
  StaffController,
  JournalEntryController,
  FollowUpController,
];
export const INTAKE_PROVIDERS = [
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
  RepresentationRepository,
  RepresentationService,
  RepresentationQueries,
  PersonQueries,
  CaseRequestRepository,
  CaseRequestService,
  CaseRequestQueries,
  ScreeningQuestionSetRepository,
  ScreeningQuestionSetService,
  ScreeningQuestionSetQueries,
  DeclineLetterRepository,
  ComplaintWayRepository,
  DeclineLetterService,
  DeclineLetterQueries,
  StaffRepository,
  StaffService,
  StaffQueries,
  JournalEntryRepository,
  JournalEntryService,
  JournalEntryQueries,
  FollowUpRepository,
  FollowUpService,
  FollowUpQueries,
  FollowUpListeners,
  CaseFollowUpListeners,
  ConsentEndListeners,
  MajorityJob,
  OwnConsents,
  OwnConsentListeners,
  OwnConsentJob,
  PlanningFollowUpListeners,
  CausedFollowUps,
  FollowUpEscalation,
];
