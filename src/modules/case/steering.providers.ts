import { GuestPartsQueries } from './application/guest-parts.queries';
import { JointSteeringEnds, JointSteeringOver } from './application/joint-steering.listeners';
import { JointSteeringQueries } from './application/joint-steering.queries';
import { JointSteeringRepository } from './application/joint-steering.repository';
import { JointSteeringService } from './application/joint-steering.service';
import { SteeringGuests } from './application/steering-guests';
import { SteeringInvitationService } from './application/steering-invitation.service';
import { JointSteeringController } from './http/joint-steering.controller';
import { SteeringInvitationController } from './http/steering-invitation.controller';

/** Joint steering with other organisations: spread into the case module. */
export const STEERING_CONTROLLERS = [JointSteeringController, SteeringInvitationController];
export const STEERING_PROVIDERS = [
  JointSteeringRepository,
  JointSteeringService,
  JointSteeringQueries,
  JointSteeringEnds,
  JointSteeringOver,
  SteeringGuests,
  SteeringInvitationService,
  GuestPartsQueries,
];
