import { DataDisputeQueries } from './application/data-dispute.queries';
import { DataDisputeRepository } from './application/data-dispute.repository';
import { DataDisputeService } from './application/data-dispute.service';
import { DisclosedTo } from './application/disclosed-to';
import { PersonalDataCopy } from './application/personal-data-copy';
import { PersonalDataExportQueries } from './application/personal-data-export.queries';
import { PersonalDataExportRepository } from './application/personal-data-export.repository';
import { PersonalDataExportService } from './application/personal-data-export.service';
import { PersonalDataExportExpiry, PersonalDataExportWork } from './application/personal-data-export.work';
import { ProcessingRestrictionQueries } from './application/processing-restriction.queries';
import { ProcessingRestrictionRepository } from './application/processing-restriction.repository';
import { ProcessingRestrictionService } from './application/processing-restriction.service';
import { RecipientNoticeQueries } from './application/recipient-notice.queries';
import { RecipientNoticeRepository } from './application/recipient-notice.repository';
import { RecipientNoticeService } from './application/recipient-notice.service';
import { RecipientsToTell } from './application/recipients-to-tell';
import { SubjectRequestQueries } from './application/subject-request.queries';
import { SubjectRequestRepository } from './application/subject-request.repository';
import { SubjectRequestService } from './application/subject-request.service';
import { DataDisputeController } from './http/data-dispute.controller';
import { PersonalDataExportController } from './http/personal-data-export.controller';
import { ProcessingRestrictionController } from './http/processing-restriction.controller';
import { RecipientNoticeController } from './http/recipient-notice.controller';
import { SubjectRequestController } from './http/subject-request.controller';

/** CONS-6, the rights of data subjects: spread into the consent module. */
export const SUBJECT_RIGHTS_CONTROLLERS = [
  SubjectRequestController,
  ProcessingRestrictionController,
  PersonalDataExportController,
  RecipientNoticeController,
  DataDisputeController,
];
export const SUBJECT_RIGHTS_PROVIDERS = [
  ...[SubjectRequestRepository, SubjectRequestService, SubjectRequestQueries],
  ...[PersonalDataExportRepository, PersonalDataExportService, PersonalDataExportQueries, PersonalDataCopy],
  ...[PersonalDataExportWork, PersonalDataExportExpiry],
  ...[ProcessingRestrictionRepository, ProcessingRestrictionService, ProcessingRestrictionQueries],
  ...[RecipientNoticeRepository, RecipientNoticeService, RecipientNoticeQueries, RecipientsToTell, DisclosedTo],
  ...[DataDisputeRepository, DataDisputeService, DataDisputeQueries],
];
