import { Column, Entity } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../shared/domain/errors';
import { AuditRunCompleted } from '../events';
import { catalogue } from './catalogue';
import type { AuditResult, Verdict } from './rule';
import { RULES } from './rules';

/** Which cases are audited; what is absent does not narrow. */
export type AuditScope = {
  /** Cases open on at least one day of it; both ends count. */
  period?: { from?: string; to?: string };
  /** Subject of the responsible case manager. */
  responsible?: string;
  /** Organisational unit. */
  team?: string;
  /** So many cases, drawn by the seed: the same seed draws the same cases. */
  sample?: { size: number; seed: string };
};

/** How often a rule came out how; `rate` is met per judged case in whole per cent, null when none was judged. */
export type RuleSummary = { rule: string; met: number; notMet: number; notApplicable: number; rate: number | null };

const COUNT = { met: 'met', not_met: 'notMet', not_applicable: 'notApplicable' } as const satisfies Record<
  AuditResult,
  keyof RuleSummary
>;

/**
 * QA-3: the automatic rules of one catalogue version over the facts of many cases at one moment. It is written once,
 * with all its results, and never changes.
 */
@Entity({ schema: 'quality_audit', name: 'audit_run' })
export class AuditRun extends AggregateRoot {
  @Column({ type: 'jsonb', update: false }) readonly scope: AuditScope;
  @Column({ type: 'text', name: 'catalogue_version', update: false }) readonly catalogueVersion: string =
    catalogue.version;
  /** The day the rules judge by. */
  @Column({ type: 'date', name: 'as_of', update: false }) readonly asOf: string;
  /** The latest event among the facts examined; null when there were none. */
  @Column({ type: 'timestamptz', name: 'data_time', precision: 3, nullable: true, update: false })
  readonly dataTime: Date | null = null;
  @Column({ type: 'text', update: false }) readonly status: 'running' | 'completed' = 'running';
  @Column({ type: 'int', update: false }) readonly cases: number = 0;
  @Column({ type: 'jsonb', update: false }) readonly summary: readonly RuleSummary[];
  @Column({ type: 'text', name: 'started_by', update: false }) readonly startedBy: string;
  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, update: false }) readonly startedAt: Date;
  @Column({ type: 'timestamptz', name: 'completed_at', precision: 3, update: false }) readonly completedAt: Date;

  private constructor() {
    super();
  }

  /** QA-3: begins a run; the catalogue version is the one in force. */
  static start(scope: AuditScope, stamp: Stamp): AuditRun {
    const { from, to } = scope.period ?? {};
    if (from && to && from > to)
      throw new InvalidInput([
        {
          pointer: '#/scope/period/to',
          code: 'period-ends-before-start',
          detail: {
            en: 'The period must not end before it begins.',
            de: 'Der Zeitraum darf nicht vor seinem Beginn enden.',
          },
        },
      ]);
    const run = new AuditRun();
    const summary = RULES.map(({ id }) => ({ rule: id, met: 0, notMet: 0, notApplicable: 0, rate: null }));
    return Object.assign(run, {
      scope,
      summary,
      asOf: dayOf(stamp),
      startedBy: stamp.by,
      startedAt: new Date(stamp.at),
    });
  }

  /** Counts what the rules said of one more case; `lastEventAt` is the latest event its facts know. */
  count(verdicts: readonly (Verdict & { rule: string })[], lastEventAt: string | null): void {
    const time = lastEventAt === null ? null : new Date(lastEventAt);
    Object.assign(this, {
      cases: this.cases + 1,
      dataTime: time && (this.dataTime === null || time > this.dataTime) ? time : this.dataTime,
    });
    for (const { rule, result } of verdicts) {
      const row = this.summary.find((s) => s.rule === rule);
      if (row) row[COUNT[result]] += 1;
    }
  }

  /** Closes the run; `notMet` over all rules are its findings. */
  complete(stamp: Stamp): void {
    const summary = this.summary.map((row) => ({ ...row, rate: rateOf(row) }));
    Object.assign(this, { status: 'completed', summary, completedAt: new Date(stamp.at) });
    this.record(new AuditRunCompleted(this.id, this.catalogueVersion, this.cases, this.findings, stamp.at));
  }

  /** How many judgements were "not met". */
  get findings(): number {
    return this.summary.reduce((sum, { notMet }) => sum + notMet, 0);
  }
}

const rateOf = ({ met, notMet }: RuleSummary): number | null =>
  met + notMet === 0 ? null : Math.round((met * 100) / (met + notMet));
