import { GuestPlanQueries } from './application/plan/guest-plan.queries';
import { HandedNeeds } from './application/plan/handed-needs';
import { HandoverPlanFacts } from './application/plan/handover-plan-facts';
import { OpenedPartsQueries } from './application/plan/opened-parts.queries';
import { PlanAccess } from './application/plan/plan-access';
import { PlanAgreementService } from './application/plan/plan-agreement.service';
import { PlanEditions } from './application/plan/plan-editions';
import { PlanLookup } from './application/plan/plan-lookup';
import { PlanProgressService } from './application/plan/plan-progress.service';
import { HandedNeedsListener, ServicePlanListener } from './application/plan/service-plan.listeners';
import { ServicePlanQueries } from './application/plan/service-plan.queries';
import { ServicePlanRepository } from './application/plan/service-plan.repository';
import { ServicePlanService } from './application/plan/service-plan.service';
import { GuestPlanController } from './http/plan/guest-plan.controller';
import { OpenedPartsController } from './http/plan/opened-parts.controller';
import { PlanAgreementController } from './http/plan/plan-agreement.controller';
import { PlanProgressController } from './http/plan/plan-progress.controller';
import { ServicePlanController } from './http/plan/service-plan.controller';

/** The plan, its editions, how it is agreed and how it gets on (PLAN-1, 2, 3, 7): spread into the service-plan module. */
export const PLAN_CONTROLLERS = [
  ServicePlanController,
  PlanAgreementController,
  PlanProgressController,
  OpenedPartsController,
  GuestPlanController,
];
export const PLAN_PROVIDERS = [
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
  PlanLookup,
];
