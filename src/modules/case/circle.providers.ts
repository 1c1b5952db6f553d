import { HouseholdQueries } from './application/household.queries';
import { HouseholdRepository } from './application/household.repository';
import { HouseholdService } from './application/household.service';
import { PersonRelationQueries } from './application/person-relation.queries';
import { PersonRelationRepository } from './application/person-relation.repository';
import { PersonRelationService } from './application/person-relation.service';
import { RelatedCases } from './application/related-cases';
import { HouseholdController } from './http/household.controller';
import { LinkSuggestionController } from './http/link-suggestion.controller';
import { PersonRelationController } from './http/person-relation.controller';

/** Family, household and others close to a person: spread into the case module. */
export const CIRCLE_CONTROLLERS = [PersonRelationController, HouseholdController, LinkSuggestionController];
export const CIRCLE_PROVIDERS = [
  PersonRelationRepository,
  PersonRelationService,
  PersonRelationQueries,
  HouseholdRepository,
  HouseholdService,
  HouseholdQueries,
  RelatedCases,
];
