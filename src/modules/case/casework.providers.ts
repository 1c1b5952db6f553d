import { CaseFollowUpListeners } from './application/casework/case-follow-up.listeners';
import { CausedFollowUps } from './application/casework/caused-follow-ups';
import { ConsentEndListeners } from './application/casework/consent-end.listeners';
import { EmergencyFollowUpListeners } from './application/casework/emergency-follow-up.listeners';
import { FollowUpEscalation } from './application/casework/follow-up.escalation';
import { FollowUpListeners } from './application/casework/follow-up.listeners';
import { FollowUpQueries } from './application/casework/follow-up.queries';
import { FollowUpRepository } from './application/casework/follow-up.repository';
import { FollowUpService } from './application/casework/follow-up.service';
import { GatekeepingDecisionQueries } from './application/casework/gatekeeping-decision.queries';
import { GatekeepingDecisionRepository } from './application/casework/gatekeeping-decision.repository';
import { GatekeepingDecisionService } from './application/casework/gatekeeping-decision.service';
import { JournalEntryQueries } from './application/casework/journal-entry.queries';
import { JournalEntryRepository } from './application/casework/journal-entry.repository';
import { JournalEntryService } from './application/casework/journal-entry.service';
import { MedicationQueries } from './application/casework/medication.queries';
import { MedicationHandoutRepository, MedicationNoteRepository } from './application/casework/medication.repositories';
import { MedicationService } from './application/casework/medication.service';
import { OwnConsentJob, OwnConsentListeners, OwnConsents } from './application/casework/own-consent.listeners';
import { PlanningFollowUpListeners } from './application/casework/planning-follow-up.listeners';
import { ReceivedFollowUpListeners } from './application/casework/received-follow-up.listeners';
import { ReceivedFollowUps } from './application/casework/received-follow-ups';
import { SentFollowUpListeners } from './application/casework/sent-follow-up.listeners';
import { FollowUpController } from './http/casework/follow-up.controller';
import { GatekeepingDecisionController } from './http/casework/gatekeeping-decision.controller';
import { JournalEntryController } from './http/casework/journal-entry.controller';
import { MedicationController } from './http/casework/medication.controller';

/** Journal, follow-ups, gatekeeping and medication: spread into the case module. */
export const CASEWORK_CONTROLLERS = [
  JournalEntryController,
  FollowUpController,
  GatekeepingDecisionController,
  MedicationController,
];
export const CASEWORK_PROVIDERS = [
  JournalEntryRepository,
  JournalEntryService,
  JournalEntryQueries,
  FollowUpRepository,
  FollowUpService,
  FollowUpQueries,
  FollowUpListeners,
  CaseFollowUpListeners,
  ConsentEndListeners,
  OwnConsents,
  OwnConsentListeners,
  OwnConsentJob,
  PlanningFollowUpListeners,
  CausedFollowUps,
  FollowUpEscalation,
  GatekeepingDecisionRepository,
  GatekeepingDecisionService,
  GatekeepingDecisionQueries,
  MedicationNoteRepository,
  MedicationHandoutRepository,
  MedicationService,
  MedicationQueries,
  EmergencyFollowUpListeners,
  ReceivedFollowUps,
  ReceivedFollowUpListeners,
  SentFollowUpListeners,
];
