import { InvolvedProviders } from './application/referral/involved-providers';
import { ReferralAccess } from './application/referral/referral-access';
import { ReferralCourseService } from './application/referral/referral-course.service';
import { ReferralConsentListener } from './application/referral/referral.listeners';
import { ReferralQueries } from './application/referral/referral.queries';
import { ReferralRepository } from './application/referral/referral.repository';
import { ReferralService } from './application/referral/referral.service';
import { ReferralCourseController } from './http/referral/referral-course.controller';
import { ReferralController } from './http/referral/referral.controller';

/** Referrals, and what providers may see through them (PLAN-5): spread into the service-plan module. */
export const REFERRAL_CONTROLLERS = [ReferralController, ReferralCourseController];
export const REFERRAL_PROVIDERS = [
  InvolvedProviders,
  ...[ReferralRepository, ReferralService, ReferralCourseService, ReferralQueries],
  ...[ReferralAccess, ReferralConsentListener],
];
