import { Module } from '@nestjs/common';
import { CaseModule } from '../case';
import { ConsentModule } from '../consent';
import { NetworkModule } from '../network';
import { GuestPlanQueries } from './application/guest-plan.queries';
import { HandoverPlanFacts } from './application/handover-plan-facts';
import { HandedNeeds } from './application/handed-needs';
import { OpenedPartsQueries } from './application/opened-parts.queries';
import { PlanAccess } from './application/plan-access';
import { PlanAgreementService } from './application/plan-agreement.service';
import { PlanEditions } from './application/plan-editions';
import { PlanProgressService } from './application/plan-progress.service';
import { HandedNeedsListener, ServicePlanListener } from './application/service-plan.listeners';
import { ServicePlanQueries } from './application/service-plan.queries';
import { ServicePlanRepository } from './application/service-plan.repository';
import { ServicePlanService } from './application/service-plan.service';
import { GuestPlanController } from './http/guest-plan.controller';
import { OpenedPartsController } from './http/opened-parts.controller';
import { PlanAgreementController } from './http/plan-agreement.controller';
import { PlanProgressController } from './http/plan-progress.controller';
import { ServicePlanController } from './http/service-plan.controller';
import { STEERING_CONTROLLERS, STEERING_PROVIDERS } from './steering.providers';
import { servicePlanData } from './personal-data';

/** DGCC CM 3 to CM 6: planning, linking, monitoring and evaluation. */
@Module({
  imports: [CaseModule, ConsentModule, NetworkModule],
  controllers: [
    ServicePlanController,
    PlanAgreementController,
    PlanProgressController,
    OpenedPartsController,
    GuestPlanController,
    ...STEERING_CONTROLLERS,
  ],
  providers: [
    servicePlanData.provider,
    ServicePlanRepository,
    ServicePlanService,
    PlanAccess,
    PlanAgreementService,
    PlanProgressService,
    PlanEditions,
    ServicePlanQueries,
    OpenedPartsQueries,
    GuestPlanQueries,
    HandoverPlanFacts,
    HandedNeeds,
    HandedNeedsListener,
    ServicePlanListener,
    ...STEERING_PROVIDERS,
  ],
})
export class ServicePlanModule {}
