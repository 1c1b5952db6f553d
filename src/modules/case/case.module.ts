import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent';
import { AbsenceQueries } from './application/absence.queries';
import { AbsenceRepository } from './application/absence.repository';
import { AbsenceService } from './application/absence.service';
import { BulkHandoverService } from './application/bulk-handover.service';
import { CASEWORK_CONTROLLERS, CASEWORK_PROVIDERS } from './casework.providers';
import { CIRCLE_CONTROLLERS, CIRCLE_PROVIDERS } from './circle.providers';
import { CaseOpeningService } from './application/case-opening.service';
import { CaseLinkOpenings, CaseMilestones, CasePersons } from './application/case.listeners';
import { CaseLinkQueries } from './application/case-link.queries';
import { CaseLinkRepository } from './application/case-link.repository';
import { CaseLinkService } from './application/case-link.service';
import { CaseQueries } from './application/case.queries';
import { CaseReader } from './application/case.reader';
import { CaseRepository } from './application/case.repository';
import { CaseSearch } from './application/case.search';
import { CaseResponsibilityService } from './application/case-responsibility.service';
import { CaseService } from './application/case.service';
import { Caseload } from './application/caseload';
import { CaseloadQueries } from './application/caseload.queries';
import { StaffDuties } from './application/staff-duties';
import { WorkPolicyRepository } from './application/work-policy.repository';
import { WorkPolicyService } from './application/work-policy.service';
import { LinkedCaseReader } from './application/linked-case.reader';
import { PersonSystemService } from './application/person-system.service';
import { AbsenceController } from './http/absence.controller';
import { CaseLinkController } from './http/case-link.controller';
import { CaseResponsibilityController } from './http/case-responsibility.controller';
import { CaseloadController } from './http/caseload.controller';
import { CaseController } from './http/case.controller';
import { INTAKE_CONTROLLERS, INTAKE_PROVIDERS } from './intake.providers';
import { caseData } from './personal-data';
import { HandoverFactsReader } from './application/handover-facts.reader';
import { SteeringGuests } from './application/steering-guests';
import { STEERING_CONTROLLERS, STEERING_PROVIDERS } from './steering.providers';

@Module({
  imports: [ConsentModule],
  controllers: [
    CaseController,
    CaseResponsibilityController,
    CaseloadController,
    AbsenceController,
    CaseLinkController,
    ...INTAKE_CONTROLLERS,
    ...CASEWORK_CONTROLLERS,
    ...CIRCLE_CONTROLLERS,
    ...STEERING_CONTROLLERS,
  ],
  providers: [
    caseData.provider,
    CaseOpeningService,
    CaseService,
    CaseResponsibilityService,
    PersonSystemService,
    Caseload,
    CaseloadQueries,
    WorkPolicyService,
    BulkHandoverService,
    StaffDuties,
    AbsenceService,
    AbsenceQueries,
    AbsenceRepository,
    WorkPolicyRepository,
    CaseQueries,
    CaseSearch,
    CaseRepository,
    CaseReader,
    CaseMilestones,
    CasePersons,
    CaseLinkService,
    CaseLinkQueries,
    CaseLinkRepository,
    CaseLinkOpenings,
    LinkedCaseReader,
    ...INTAKE_PROVIDERS,
    ...CASEWORK_PROVIDERS,
    ...CIRCLE_PROVIDERS,
    ...STEERING_PROVIDERS,
  ],
  exports: [CaseReader, LinkedCaseReader, SteeringGuests, HandoverFactsReader],
})
export class CaseModule {}
