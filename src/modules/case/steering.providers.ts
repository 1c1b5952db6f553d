import { CaseTransferEnds, CaseTransferLapses, CaseTransferOver } from './application/case-transfer.listeners';
import { CaseTransferQueries } from './application/case-transfer.queries';
import { CaseTransferRepository, ReceivedHandoverRepository } from './application/case-transfer.repository';
import { CaseTransferService } from './application/case-transfer.service';
import { GuestPartsQueries } from './application/guest-parts.queries';
import { HandoverFactsReader } from './application/handover-facts.reader';
import { JointSteeringEnds, JointSteeringOver } from './application/joint-steering.listeners';
import { JointSteeringQueries } from './application/joint-steering.queries';
import { JointSteeringRepository } from './application/joint-steering.repository';
import { JointSteeringService } from './application/joint-steering.service';
import { ReceivedFollowUps } from './application/received-follow-ups';
import { ReceivedFollowUpListeners } from './application/received-follow-up.listeners';
import { SentFollowUpListeners } from './application/sent-follow-up.listeners';
import { SteeringGuests } from './application/steering-guests';
import { SteeringInvitationService } from './application/steering-invitation.service';
import { TransferOfferService } from './application/transfer-offer.service';
import { CaseTransferController } from './http/case-transfer.controller';
import { JointSteeringController } from './http/joint-steering.controller';
import { SteeringInvitationController } from './http/steering-invitation.controller';
import { TransferOfferController } from './http/transfer-offer.controller';

/** Joint steering with other organisations, and cases handed over with acceptance: spread into the case module. */
export const STEERING_CONTROLLERS = [
  JointSteeringController,
  SteeringInvitationController,
  CaseTransferController,
  TransferOfferController,
];
export const STEERING_PROVIDERS = [
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
  ReceivedFollowUps,
  ReceivedFollowUpListeners,
  SentFollowUpListeners,
  TransferOfferService,
  HandoverFactsReader,
];
