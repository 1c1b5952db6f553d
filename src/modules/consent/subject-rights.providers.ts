import { SubjectRequestQueries } from './application/subject-request.queries';
import { SubjectRequestRepository } from './application/subject-request.repository';
import { SubjectRequestService } from './application/subject-request.service';
import { SubjectRequestController } from './http/subject-request.controller';

/** CONS-6, the rights of data subjects: spread into the consent module. */
export const SUBJECT_RIGHTS_CONTROLLERS = [SubjectRequestController];
export const SUBJECT_RIGHTS_PROVIDERS = [SubjectRequestRepository, SubjectRequestService, SubjectRequestQueries];
