import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { ErasureAdvanced, ErasureCompleted, ErasureDiscarded, ErasureProposed, ErasureReleased } from '../events';
import type { DiscardReason, LeftOut, RUN_STATES } from './erasure.words';
import { rules } from './refusals';
import type { RuleKind } from './rule.words';

/** One thing to erase: a kind of data of a file, a person without a file, or log entries before a day (`id` null). */
export type ErasureItem = {
  readonly kind: RuleKind;
  readonly of: 'case' | 'request' | 'person' | 'log';
  readonly id: string | null;
  readonly edition: number;
  /** The last day it was to be kept; of logs the first day that is kept. */
  readonly keptUntil: string | null;
};
type Rows = { readonly table: string; readonly how: 'deleted' | 'anonymised'; readonly rows: number };
/** What was done, in numbers: nothing in it says of whom. */
export type Protocol = {
  readonly kinds: readonly { kind: RuleKind; edition: number; erased: number }[];
  readonly leftOut: readonly { kind: RuleKind; why: LeftOut; count: number }[];
  readonly persons: number;
  readonly rows: readonly Rows[];
};

/** CONS-6: a decision about erasing, in two steps by two people, and what came of it. */
@Entity({ schema: 'retention', name: 'erasure_run' })
@Index('erasure_run_by_state', { synchronize: false })
export class ErasureRun extends AggregateRoot {
  @Column({ type: 'text', update: false }) readonly occasion: 'due' | 'request';
  @Column('text') readonly state: (typeof RUN_STATES)[number] = 'proposed';
  /** Who asked for erasure, while it is not done. */
  @Column({ type: 'uuid', name: 'person_id', nullable: true }) readonly personId: string | null;
  /** What is still to be done; empty at the end, so that the protocol names nobody. */
  @Column('jsonb') readonly items: readonly ErasureItem[];
  @Column('jsonb') readonly protocol: Protocol = { kinds: [], leftOut: [], persons: 0, rows: [] };
  @Column({ type: 'text', name: 'proposed_by', update: false }) readonly proposedBy: string;
  @Column({ type: 'timestamptz', name: 'proposed_at', precision: 3, update: false }) readonly proposedAt: Date;
  @Column({ type: 'jsonb', nullable: true }) readonly decision: (Stamp & { reason: DiscardReason | null }) | null =
    null;
  @Column({ type: 'timestamptz', name: 'done_at', precision: 3, nullable: true }) readonly doneAt: Date | null = null;

  private constructor() {
    super();
  }

  /** CONS-6: proposes what is due; nothing is erased before a second person releases it. */
  static propose(items: readonly ErasureItem[], personId: string | null, { by, at }: Stamp): ErasureRun {
    if (items.length === 0) throw rules.broken(personId ? 'nothing-to-erase-yet' : 'nothing-due');
    const occasion = personId ? ('request' as const) : ('due' as const);
    const run = Object.assign(new ErasureRun(), {
      occasion,
      personId,
      items,
      proposedBy: by,
      proposedAt: new Date(at),
    });
    run.record(new ErasureProposed(run.id, occasion, items.length, at));
    return run;
  }

  /** CONS-6: a second person says yes; the erasure begins. */
  release(stamp: Stamp): void {
    if (this.state !== 'proposed') throw rules.broken('run-not-proposed', { id: this.id, state: this.state });
    if (stamp.by === this.proposedBy) throw rules.broken('second-person-needed', { id: this.id });
    Object.assign(this, { state: 'released', decision: { ...stamp, reason: null } });
    this.record(new ErasureReleased(this.id, this.items.length, stamp.at));
  }

  /** CONS-6: the proposal is not followed; the files stay, and may be proposed again. */
  discard(reason: DiscardReason, stamp: Stamp): void {
    if (this.state !== 'proposed') throw rules.broken('run-not-proposed', { id: this.id, state: this.state });
    Object.assign(this, { state: 'discarded', decision: { ...stamp, reason }, items: [], personId: null });
    this.record(new ErasureDiscarded(this.id, reason, stamp.at));
  }

  /** What comes next, at most `count`; nothing unless it was released. */
  next(count: number): readonly ErasureItem[] {
    return this.state === 'released' ? this.items.slice(0, count) : [];
  }

  /** An item is erased. */
  erased(item: ErasureItem, rows: readonly Rows[], persons: number): void {
    const kinds = this.protocol.kinds.filter((k) => !(k.kind === item.kind && k.edition === item.edition));
    const before = this.protocol.kinds.find((k) => k.kind === item.kind && k.edition === item.edition)?.erased ?? 0;
    const all = new Map<string, Rows>();
    for (const one of [...this.protocol.rows, ...rows]) {
      const key = `${one.table} ${one.how}`;
      all.set(key, { ...one, rows: one.rows + (all.get(key)?.rows ?? 0) });
    }
    this.without(item, {
      kinds: [...kinds, { kind: item.kind, edition: item.edition, erased: before + 1 }],
      rows: [...all.values()].sort((a, b) => (a.table < b.table ? -1 : 1)),
      persons: this.protocol.persons + persons,
    });
  }

  /** An item may not be erased now after all. */
  leaveOut(item: ErasureItem, why: LeftOut): void {
    const same = (l: { kind: RuleKind; why: LeftOut }) => l.kind === item.kind && l.why === why;
    const count = this.protocol.leftOut.find(same)?.count ?? 0;
    const leftOut = this.protocol.leftOut.filter((l) => !same(l));
    this.without(item, { leftOut: [...leftOut, { kind: item.kind, why, count: count + 1 }] });
  }

  /** A part is done: either the next one follows, or everything is. */
  advance(at: string): void {
    if (this.items.length > 0) return this.record(new ErasureAdvanced(this.id, this.items.length, at));
    Object.assign(this, { state: 'done', doneAt: new Date(at), personId: null });
    const sum = (list: readonly { erased?: number; count?: number }[]) =>
      list.reduce((all, { erased = 0, count = 0 }) => all + erased + count, 0);
    this.record(new ErasureCompleted(this.id, sum(this.protocol.kinds), sum(this.protocol.leftOut), at));
  }

  private without(item: ErasureItem, protocol: Partial<Protocol>): void {
    Object.assign(this, {
      items: this.items.filter((one) => one !== item),
      protocol: { ...this.protocol, ...protocol },
    });
  }
}
