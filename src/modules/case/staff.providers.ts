import { AbsenceQueries } from './application/staff/absence.queries';
import { AbsenceRepository } from './application/staff/absence.repository';
import { AbsenceService } from './application/staff/absence.service';
import { BulkHandoverService } from './application/staff/bulk-handover.service';
import { Caseload } from './application/staff/caseload';
import { CaseloadQueries } from './application/staff/caseload.queries';
import { StaffDuties } from './application/staff/staff-duties';
import { StaffQueries } from './application/staff/staff.queries';
import { StaffRepository } from './application/staff/staff.repository';
import { StaffService } from './application/staff/staff.service';
import { WorkPolicyRepository } from './application/staff/work-policy.repository';
import { WorkPolicyService } from './application/staff/work-policy.service';
import { AbsenceController } from './http/staff/absence.controller';
import { CaseloadController } from './http/staff/caseload.controller';
import { StaffController } from './http/staff/staff.controller';

/** Staff records, absences, the caseload and the work policy: spread into the case module. */
export const STAFF_CONTROLLERS = [CaseloadController, AbsenceController, StaffController];
export const STAFF_PROVIDERS = [
  Caseload,
  CaseloadQueries,
  WorkPolicyService,
  BulkHandoverService,
  StaffDuties,
  AbsenceService,
  AbsenceQueries,
  AbsenceRepository,
  WorkPolicyRepository,
  StaffRepository,
  StaffService,
  StaffQueries,
];
