import { CaseLinkQueries } from './application/steering/case-link.queries';
import { CaseLinkRepository } from './application/steering/case-link.repository';
import { CaseLinkService } from './application/steering/case-link.service';
import { CaseTransferEnds, CaseTransferLapses, CaseTransferOver } from './application/steering/case-transfer.listeners';
import { CaseTransferQueries } from './application/steering/case-transfer.queries';
import { CaseTransferRepository, ReceivedHandoverRepository } from './application/steering/case-transfer.repository';
import { CaseTransferService } from './application/steering/case-transfer.service';
import { GuestPartsQueries } from './application/steering/guest-parts.queries';
import { HandoverFactsReader } from './application/steering/handover-facts.reader';
import { JointSteeringEnds, JointSteeringOver } from './application/steering/joint-steering.listeners';
import { JointSteeringQueries } from './application/steering/joint-steering.queries';
import { JointSteeringRepository } from './application/steering/joint-steering.repository';
import { JointSteeringService } from './application/steering/joint-steering.service';
import { LinkedCaseReader } from './application/steering/linked-case.reader';
import { RelatedCases } from './application/steering/related-cases';
import { SteeringGuests } from './application/steering/steering-guests';
import { SteeringInvitationService } from './application/steering/steering-invitation.service';
import { TransferOfferService } from './application/steering/transfer-offer.service';
import { CaseLinkController } from './http/steering/case-link.controller';
import { CaseTransferController } from './http/steering/case-transfer.controller';
import { JointSteeringController } from './http/steering/joint-steering.controller';
import { LinkSuggestionController } from './http/steering/link-suggestion.controller';
import { SteeringInvitationController } from './http/steering/steering-invitation.controller';
import { TransferOfferController } from './http/steering/transfer-offer.controller';

/** Linked cases, joint steering with other organisations, and cases handed over with acceptance: spread into the case module. */
export const STEERING_CONTROLLERS = [
  CaseLinkController,
  LinkSuggestionController,
  JointSteeringController,
  SteeringInvitationController,
  CaseTransferController,
  TransferOfferController,
];
export const STEERING_PROVIDERS = [
  CaseLinkService,
  CaseLinkQueries,
  CaseLinkRepository,
  LinkedCaseReader,
  RelatedCases,
  JointSteeringRepository,
  JointSteeringService,
  JointSteeringQueries,
  JointSteeringEnds,
  JointSteeringOver,
  SteeringGuests,
  SteeringInvitationService,
  GuestPartsQueries,
  CaseTransferRepository,
  ReceivedHandoverRepository,
  CaseTransferService,
  CaseTransferQueries,
  CaseTransferEnds,
  CaseTransferOver,
  CaseTransferLapses,
  TransferOfferService,
  HandoverFactsReader,
];
