import { HouseholdQueries } from './application/circle/household.queries';
import { HouseholdRepository } from './application/circle/household.repository';
import { HouseholdService } from './application/circle/household.service';
import { PersonRelationQueries } from './application/circle/person-relation.queries';
import { PersonRelationRepository } from './application/circle/person-relation.repository';
import { PersonRelationService } from './application/circle/person-relation.service';
import { RepresentationQueries } from './application/circle/representation.queries';
import { RepresentationRepository } from './application/circle/representation.repository';
import { RepresentationService } from './application/circle/representation.service';
import { HouseholdController } from './http/circle/household.controller';
import { PersonRelationController } from './http/circle/person-relation.controller';
import { RepresentationController } from './http/circle/representation.controller';

/** Family, household, and who stands for a person: spread into the case module. */
export const CIRCLE_CONTROLLERS = [RepresentationController, PersonRelationController, HouseholdController];
export const CIRCLE_PROVIDERS = [
  RepresentationRepository,
  RepresentationService,
  RepresentationQueries,
  PersonRelationRepository,
  PersonRelationService,
  PersonRelationQueries,
  HouseholdRepository,
  HouseholdService,
  HouseholdQueries,
];
