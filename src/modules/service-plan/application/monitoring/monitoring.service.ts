import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import type { Observation } from '../../domain/monitoring/monitoring-words';
import { MonitoringRecord } from '../../domain/monitoring/monitoring.entity';
import { faultIf, requireValid } from '../../domain/plan/steering.faults';
import { PlanLookup } from '../plan/plan-lookup';
import { MonitoringRepository } from './monitoring.repository';

/** PLAN-6: what is seen of the measures and goals of an agreed plan. */
@Injectable()
export class MonitoringService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly records: MonitoringRepository,
    private readonly plans: PlanLookup,
    private readonly clock: Clock,
  ) {}

  record(planId: string, seen: Observation): Promise<Receipt> {
    return this.uow.run(async () => {
      const { caseId } = await this.plans.agreed(planId);
      const record = MonitoringRecord.of({ planId, caseId }, seen, stampBy(this.clock));
      const part = seen.measureId ? 'measures' : 'goals';
      const unknown = !(await this.plans.has(planId, part, (seen.measureId ?? seen.goalId)!));
      const pointer = seen.measureId ? '#/measureId' : '#/goalId';
      requireValid([
        faultIf(
          unknown,
          pointer,
          'not-in-plan',
          'The plan holds nothing of this id.',
          'Der Serviceplan enthält nichts mit dieser Kennung.',
        ),
      ]);
      this.records.store(record);
      return Receipt.of(record);
    });
  }
}
