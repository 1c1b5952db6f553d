import { ProcessingRestrictionQueries } from './application/processing-restriction.queries';
import { ProcessingRestrictionRepository } from './application/processing-restriction.repository';
import { ProcessingRestrictionService } from './application/processing-restriction.service';
import { SubjectRequestQueries } from './application/subject-request.queries';
import { SubjectRequestRepository } from './application/subject-request.repository';
import { SubjectRequestService } from './application/subject-request.service';
import { ProcessingRestrictionController } from './http/processing-restriction.controller';
import { SubjectRequestController } from './http/subject-request.controller';

/** CONS-6, the rights of data subjects: spread into the consent module. */
export const SUBJECT_RIGHTS_CONTROLLERS = [SubjectRequestController, ProcessingRestrictionController];
export const SUBJECT_RIGHTS_PROVIDERS = [
  ...[SubjectRequestRepository, SubjectRequestService, SubjectRequestQueries],
  ...[ProcessingRestrictionRepository, ProcessingRestrictionService, ProcessingRestrictionQueries],
];
