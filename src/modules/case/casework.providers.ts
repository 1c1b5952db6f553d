import { GatekeepingDecisionQueries } from './application/gatekeeping-decision.queries';
import { GatekeepingDecisionRepository } from './application/gatekeeping-decision.repository';
import { GatekeepingDecisionService } from './application/gatekeeping-decision.service';
import { GatekeepingDecisionController } from './http/gatekeeping-decision.controller';

/** What is recorded in the course of a case beside the journal: spread into the case module. */
export const CASEWORK_CONTROLLERS = [GatekeepingDecisionController];
export const CASEWORK_PROVIDERS = [
  GatekeepingDecisionRepository,
  GatekeepingDecisionService,
  GatekeepingDecisionQueries,
];
