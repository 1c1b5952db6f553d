export { CaseModule } from './case.module';
export { CaseReader, type CaseFacts, requireOfCase } from './application/case.reader';
export { LinkedCaseReader, type OpenParts } from './application/linked-case.reader';
export type { SharedPart } from './domain/case-link.values';
export { SteeringGuests, type OpenToGuest } from './application/steering-guests';
export { HandoverFactsReader } from './application/handover-facts.reader';
export type { PlanFacts } from './domain/case-transfer.values';
