import { EmergencyAccessQueries } from './application/emergency-access.queries';
import { EmergencyAccessRepository } from './application/emergency-access.repository';
import { EmergencyAccessService } from './application/emergency-access.service';
import { EmergencyFollowUpListeners } from './application/emergency-follow-up.listeners';
import { GatekeepingDecisionQueries } from './application/gatekeeping-decision.queries';
import { GatekeepingDecisionRepository } from './application/gatekeeping-decision.repository';
import { GatekeepingDecisionService } from './application/gatekeeping-decision.service';
import { MedicationQueries } from './application/medication.queries';
import { MedicationHandoutRepository, MedicationNoteRepository } from './application/medication.repositories';
import { MedicationService } from './application/medication.service';
import { EmergencyAccessController } from './http/emergency-access.controller';
import { GatekeepingDecisionController } from './http/gatekeeping-decision.controller';
import { MedicationController } from './http/medication.controller';

/** What is recorded in the course of a case beside the journal: spread into the case module. */
export const CASEWORK_CONTROLLERS = [EmergencyAccessController, GatekeepingDecisionController, MedicationController];
export const CASEWORK_PROVIDERS = [
  GatekeepingDecisionRepository,
  GatekeepingDecisionService,
  GatekeepingDecisionQueries,
  MedicationNoteRepository,
  MedicationHandoutRepository,
  MedicationService,
  MedicationQueries,
  EmergencyAccessRepository,
  EmergencyAccessService,
  EmergencyAccessQueries,
  EmergencyFollowUpListeners,
];
