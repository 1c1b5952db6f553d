import { EffortListener } from './application/evaluation/effort.listeners';
import { EvaluationQueries } from './application/evaluation/evaluation.queries';
import { EvaluationRepository } from './application/evaluation/evaluation.repository';
import { EvaluationService } from './application/evaluation/evaluation.service';
import { EvaluationController } from './http/evaluation/evaluation.controller';

/** Evaluation, and what a case has cost (PLAN-8): spread into the service-plan module. */
export const EVALUATION_CONTROLLERS = [EvaluationController];
export const EVALUATION_PROVIDERS = [...[EvaluationRepository, EvaluationService, EvaluationQueries, EffortListener]];
