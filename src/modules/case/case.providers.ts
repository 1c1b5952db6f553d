import { CaseOpeningService } from './application/case/case-opening.service';
import { CaseResponsibilityService } from './application/case/case-responsibility.service';
import { CaseLinkOpenings, CaseMilestones, CasePersons } from './application/case/case.listeners';
import { CaseQueries } from './application/case/case.queries';
import { CaseReader } from './application/case/case.reader';
import { CaseRepository } from './application/case/case.repository';
import { CaseSearch } from './application/case/case.search';
import { CaseService } from './application/case/case.service';
import { EmergencyAccessQueries } from './application/case/emergency-access.queries';
import { EmergencyAccessRepository } from './application/case/emergency-access.repository';
import { EmergencyAccessService } from './application/case/emergency-access.service';
import { OpenCases } from './application/case/open-cases';
import { PersonSystemService } from './application/case/person-system.service';
import { CaseResponsibilityController } from './http/case/case-responsibility.controller';
import { CaseController } from './http/case/case.controller';
import { EmergencyAccessController } from './http/case/emergency-access.controller';

/** The case, its phases, who is responsible, and access in an emergency: spread into the case module. */
export const CASE_CONTROLLERS = [CaseController, CaseResponsibilityController, EmergencyAccessController];
export const CASE_PROVIDERS = [
  CaseOpeningService,
  OpenCases,
  CaseService,
  CaseResponsibilityService,
  PersonSystemService,
  CaseQueries,
  CaseSearch,
  CaseRepository,
  CaseReader,
  CaseMilestones,
  CasePersons,
  CaseLinkOpenings,
  EmergencyAccessRepository,
  EmergencyAccessService,
  EmergencyAccessQueries,
];
