import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent';
import { CASEWORK_CONTROLLERS, CASEWORK_PROVIDERS } from './casework.providers';
import { CaseOpeningService } from './application/case-opening.service';
import { CaseLinkOpenings, CaseMilestones, CasePersons } from './application/case.listeners';
import { CaseLinkQueries } from './application/case-link.queries';
import { CaseLinkRepository } from './application/case-link.repository';
import { CaseLinkService } from './application/case-link.service';
import { CaseQueries } from './application/case.queries';
import { CaseReader } from './application/case.reader';
import { CaseRepository } from './application/case.repository';
import { CaseResponsibilityService } from './application/case-responsibility.service';
import { CaseService } from './application/case.service';
import { Caseload } from './application/caseload';
import { LinkedCaseReader } from './application/linked-case.reader';
import { PersonSystemService } from './application/person-system.service';
import { CaseLinkController } from './http/case-link.controller';
import { CaseResponsibilityController } from './http/case-responsibility.controller';
import { CaseController } from './http/case.controller';
import { INTAKE_CONTROLLERS, INTAKE_PROVIDERS } from './intake.providers';

@Module({
  imports: [ConsentModule],
  controllers: [
    CaseController,
    CaseResponsibilityController,
    CaseLinkController,
    ...INTAKE_CONTROLLERS,
    ...CASEWORK_CONTROLLERS,
  ],
  providers: [
    CaseOpeningService,
    CaseService,
    CaseResponsibilityService,
    PersonSystemService,
    Caseload,
    CaseQueries,
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
  ],
  exports: [CaseReader, LinkedCaseReader],
})
export class CaseModule {}
