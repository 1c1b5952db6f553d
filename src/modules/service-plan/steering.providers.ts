import { ConferenceQueries } from './application/conference.queries';
import { ConferenceRepository } from './application/conference.repository';
import { ConferenceService } from './application/conference.service';
import { EffortListener } from './application/effort.listeners';
import { EvaluationQueries } from './application/evaluation.queries';
import { EvaluationRepository } from './application/evaluation.repository';
import { EvaluationService } from './application/evaluation.service';
import { InvolvedProviders } from './application/involved-providers';
import { MonitoringQueries } from './application/monitoring.queries';
import { MonitoringRepository } from './application/monitoring.repository';
import { MonitoringService } from './application/monitoring.service';
import { PlanLookup } from './application/plan-lookup';
import { ProgressWatchRepository } from './application/progress-watch.repository';
import { ReferralAccess } from './application/referral-access';
import { ReferralCourseService } from './application/referral-course.service';
import { ReferralConsentListener } from './application/referral.listeners';
import { ReferralQueries } from './application/referral.queries';
import { ReferralRepository } from './application/referral.repository';
import { ReferralService } from './application/referral.service';
import { ReviewTrigger } from './application/review-trigger';
import { ReviewListener } from './application/review.listeners';
import { ReviewQueries } from './application/review.queries';
import { ReviewRepository } from './application/review.repository';
import { ReviewService } from './application/review.service';
import { ConferenceController } from './http/conference.controller';
import { EvaluationController } from './http/evaluation.controller';
import { MonitoringController } from './http/monitoring.controller';
import { ReferralCourseController } from './http/referral-course.controller';
import { ReferralController } from './http/referral.controller';
import { ReviewController } from './http/review.controller';

/** Conference, referral, monitoring, review and evaluation (PLAN-4, 5, 6, 8). */
export const STEERING_CONTROLLERS = [
  ConferenceController,
  ReferralController,
  ReferralCourseController,
  MonitoringController,
  ReviewController,
  EvaluationController,
];

export const STEERING_PROVIDERS = [
  ...[PlanLookup, InvolvedProviders],
  ...[ConferenceRepository, ConferenceService, ConferenceQueries],
  ...[ReferralRepository, ReferralService, ReferralCourseService, ReferralQueries],
  ...[ReferralAccess, ReferralConsentListener],
  ...[MonitoringRepository, MonitoringService, MonitoringQueries],
  ...[ReviewRepository, ReviewService, ReviewQueries, ReviewListener, ReviewTrigger, ProgressWatchRepository],
  ...[EvaluationRepository, EvaluationService, EvaluationQueries, EffortListener],
];
