import { Module } from '@nestjs/common';
import { CaseModule } from '../case';
import { ConsentModule } from '../consent';
import { NetworkModule } from '../network';
import { CONFERENCE_CONTROLLERS, CONFERENCE_PROVIDERS } from './conference.providers';
import { EVALUATION_CONTROLLERS, EVALUATION_PROVIDERS } from './evaluation.providers';
import { MONITORING_CONTROLLERS, MONITORING_PROVIDERS } from './monitoring.providers';
import { servicePlanData } from './personal-data';
import { PLAN_CONTROLLERS, PLAN_PROVIDERS } from './plan.providers';
import { REFERRAL_CONTROLLERS, REFERRAL_PROVIDERS } from './referral.providers';

/** DGCC CM 3 to CM 6: planning, linking, monitoring and evaluation. */
@Module({
  imports: [CaseModule, ConsentModule, NetworkModule],
  controllers: [
    ...PLAN_CONTROLLERS,
    ...CONFERENCE_CONTROLLERS,
    ...REFERRAL_CONTROLLERS,
    ...MONITORING_CONTROLLERS,
    ...EVALUATION_CONTROLLERS,
  ],
  providers: [
    servicePlanData.provider,
    ...PLAN_PROVIDERS,
    ...CONFERENCE_PROVIDERS,
    ...REFERRAL_PROVIDERS,
    ...MONITORING_PROVIDERS,
    ...EVALUATION_PROVIDERS,
  ],
})
export class ServicePlanModule {}
