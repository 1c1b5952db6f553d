import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { MonitoringRecorded } from '../../events';
import { faultIf, notInFuture, requireValid } from '../plan/steering.faults';
import type { DeviationCode, Observation } from './monitoring-words';

/** Where what was seen departs from what was agreed. */
export const deviationsOf = (seen: Observation): DeviationCode[] => [
  ...(seen.deliveredAsAgreed === false ? (['not_delivered'] as const) : []),
  ...(seen.effect === 'none' ? (['no_effect'] as const) : []),
  ...(seen.effect === 'worse' ? (['worse'] as const) : []),
  ...(seen.acceptedByClient === false ? (['not_accepted'] as const) : []),
  ...(seen.cooperationWorking === false ? (['cooperation'] as const) : []),
];

/** PLAN-6: how a measure or a goal stood on a day, and what follows from it. Recorded once, never changed. */
@Entity({ schema: 'service_plan', name: 'monitoring' })
@Index('monitoring_by_plan', ['tenantId', 'planId', 'on', 'id'])
export class MonitoringRecord extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'plan_id', update: false }) readonly planId: string;
  @Column({ type: 'uuid', name: 'measure_id', nullable: true, update: false }) readonly measureId: string | null;
  @Column({ type: 'uuid', name: 'goal_id', nullable: true, update: false }) readonly goalId: string | null;
  @Column({ type: 'text', update: false }) private source: Observation['source'];
  @Column({ type: 'date', name: 'seen_on', update: false }) readonly on: string;
  @Column({ type: 'boolean', name: 'delivered_as_agreed', nullable: true, update: false }) private deliveredAsAgreed:
    boolean | null;
  @Column({ type: 'text', nullable: true, update: false }) private effect: Observation['effect'];
  @Column({ type: 'boolean', name: 'accepted_by_client', nullable: true, update: false }) private acceptedByClient:
    boolean | null;
  @Column({ type: 'boolean', name: 'cooperation_working', nullable: true, update: false }) private cooperationWorking:
    boolean | null;
  @Column({ type: 'jsonb', update: false }) readonly deviations: readonly DeviationCode[];
  @Column({ type: 'text', nullable: true, update: false }) private deviation: string | null;
  @Column({ type: 'text', update: false }) readonly decision: NonNullable<Observation['decision']>;
  @Column({ type: 'text', nullable: true, update: false }) private reason: string | null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private recordedBy: string;

  private constructor() {
    super();
  }

  /** Records what was seen; a deviation needs words, a decision and its reason. */
  static of(plan: { planId: string; caseId: string }, seen: Observation, stamp: Stamp): MonitoringRecord {
    const deviations = deviationsOf(seen);
    const deviates = deviations.length > 0;
    requireValid([
      faultIf(
        (seen.measureId === null) === (seen.goalId === null),
        '#/measureId',
        'measure-or-goal',
        'Name either a measure or a goal.',
        'Nennen Sie entweder eine Maßnahme oder ein Ziel.',
      ),
      notInFuture('#/on', seen.on, dayOf(stamp)),
      faultIf(
        deviates && !seen.deviation,
        '#/deviation',
        'deviation-undescribed',
        'Describe what is different from what was agreed.',
        'Beschreiben Sie, was von der Vereinbarung abweicht.',
      ),
      faultIf(
        deviates && !seen.decision,
        '#/decision',
        'decision-missing',
        'A deviation leads to a decision: continue, adjust, replan, reassess or conference.',
        'Auf eine Abweichung folgt eine Entscheidung: continue, adjust, replan, reassess oder conference.',
      ),
      faultIf(
        deviates && !seen.reason,
        '#/reason',
        'reason-missing',
        'Give the reason for the decision.',
        'Begründen Sie die Entscheidung.',
      ),
    ]);
    const record = new MonitoringRecord();
    const decision = seen.decision ?? 'continue';
    Object.assign(record, plan, seen, { deviations, decision, recordedBy: stamp.by });
    record.record(new MonitoringRecorded(record.id, plan.caseId, plan.planId, deviates, decision, seen.on, stamp.at));
    return record;
  }

  /** Whether the help was seen to work. */
  get showsProgress(): boolean {
    return this.effect === 'some' || this.effect === 'as_expected' || this.effect === 'better';
  }
}
