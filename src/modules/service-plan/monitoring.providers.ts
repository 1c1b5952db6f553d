import { MonitoringQueries } from './application/monitoring/monitoring.queries';
import { MonitoringRepository } from './application/monitoring/monitoring.repository';
import { MonitoringService } from './application/monitoring/monitoring.service';
import { ProgressWatchRepository } from './application/monitoring/progress-watch.repository';
import { ReviewTrigger } from './application/monitoring/review-trigger';
import { ReviewListener } from './application/monitoring/review.listeners';
import { ReviewQueries } from './application/monitoring/review.queries';
import { ReviewRepository } from './application/monitoring/review.repository';
import { ReviewService } from './application/monitoring/review.service';
import { MonitoringController } from './http/monitoring/monitoring.controller';
import { ReviewController } from './http/monitoring/review.controller';

/** Monitoring, reviews and the watch on progress (PLAN-6): spread into the service-plan module. */
export const MONITORING_CONTROLLERS = [MonitoringController, ReviewController];
export const MONITORING_PROVIDERS = [
  ...[MonitoringRepository, MonitoringService, MonitoringQueries],
  ...[ReviewRepository, ReviewService, ReviewQueries, ReviewListener, ReviewTrigger, ProgressWatchRepository],
];
