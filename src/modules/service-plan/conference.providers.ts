import { ConferenceQueries } from './application/conference/conference.queries';
import { ConferenceRepository } from './application/conference/conference.repository';
import { ConferenceService } from './application/conference/conference.service';
import { ConferenceController } from './http/conference/conference.controller';

/** Conferences (PLAN-4): spread into the service-plan module. */
export const CONFERENCE_CONTROLLERS = [ConferenceController];
export const CONFERENCE_PROVIDERS = [...[ConferenceRepository, ConferenceService, ConferenceQueries]];
