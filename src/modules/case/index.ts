export { CaseModule } from './case.module';
export { CaseReader, type CaseFacts, requireOfCase } from './application/case/case.reader';
export { LinkedCaseReader, type OpenParts } from './application/steering/linked-case.reader';
export type { SharedPart } from './domain/steering/case-link.values';
export { SteeringGuests, type OpenToGuest } from './application/steering/steering-guests';
export { HandoverFactsReader } from './application/steering/handover-facts.reader';
export type { PlanFacts } from './domain/steering/case-transfer.values';
