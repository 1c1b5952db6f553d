import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { FileClassified } from '../events';
import { keptUntil } from './period';
import { rules } from './refusals';
import { type CaseFileKind, type RuleKind, type RuleTerms, WITHIN_CASE } from './rule.words';

/** Until when one kind of data of a file is kept; null: not known, or never proposed. */
export type Term = { readonly kind: RuleKind; readonly edition: number; readonly keptUntil: string | null };
/** CONS-6: kept by another rule than the field of practice says. */
export type Classification = { readonly kind: CaseFileKind; readonly reason: string; by: string; at: string };
/** The rules in force, with their editions. */
export type RulesInForce = (kind: RuleKind) => { terms: RuleTerms; edition: number };

/**
 * CONS-6: what retention knows of the file of a case or request: since when it is ended, and until when each kind of data
 * in it is kept. Made from the events of the case module; the id is that of the case or request.
 */
@Entity({ schema: 'retention', name: 'file' })
@Index('file_by_person', ['tenantId', 'personId'])
@Index('file_due', { synchronize: false })
@Index('file_by_case', { synchronize: false })
export class RetainedFile extends AggregateRoot {
  @Column({ type: 'text', name: 'kind', update: false }) readonly kind: 'case' | 'request';
  @Column('uuid', { name: 'person_id' }) readonly personId: string;
  @Column({ type: 'text', name: 'field_of_practice', update: false }) readonly fieldOfPractice: string;
  /** Of a request: the case it became. */
  @Column({ type: 'uuid', name: 'case_id', nullable: true }) readonly caseId: string | null = null;
  @Column({ type: 'date', name: 'ended_on', nullable: true }) readonly endedOn: string | null = null;
  @Column({ type: 'jsonb', nullable: true }) readonly classification: Classification | null = null;
  @Column('jsonb') readonly terms: readonly Term[] = [];
  /** Kinds that are erased while the rest of the file is still kept. */
  @Column('text', { array: true }) readonly erased: readonly RuleKind[] = [];
  /** The first day on which something of it may be erased. */
  @Column({ type: 'date', name: 'due_on', nullable: true }) readonly dueOn: string | null = null;

  private constructor() {
    super();
  }

  static begin(kind: 'case' | 'request', id: string, personId: string, fieldOfPractice: string): RetainedFile {
    return Object.assign(new RetainedFile(), { kind, id, personId, fieldOfPractice });
  }

  /** CONS-6: by which rule the file is kept: by the field of practice, unless somebody said otherwise. */
  get fileKind(): RuleKind {
    if (this.kind === 'request') return 'intake_without_case';
    return this.classification?.kind ?? (this.fieldOfPractice === 'youth' ? 'case_file_sgb8' : 'case_file_adult');
  }

  becomeCase(caseId: string): void {
    Object.assign(this, { caseId, endedOn: null, terms: [], dueOn: null });
  }

  belongTo(personId: string): void {
    Object.assign(this, { personId });
  }

  end(on: string): void {
    Object.assign(this, { endedOn: on });
  }

  /** CASE-10: what is recorded from now on has its own time, also of kinds that were erased before. */
  reopen(): void {
    Object.assign(this, { endedOn: null, terms: [], erased: [], dueOn: null });
  }

  /** CONS-6: another rule for this one case, with the reason. */
  classify(kind: CaseFileKind, reason: string, stamp: Stamp): void {
    if (this.kind === 'request') throw rules.broken('file-is-no-case', { id: this.id });
    Object.assign(this, { classification: { kind, reason, ...stamp } });
    this.record(new FileClassified(this.id, this.id, kind, stamp.at));
  }

  /** CONS-6: computes until when everything in the file is kept; the file itself goes last. */
  schedule(rulesInForce: RulesInForce, birthDate: string | null): void {
    if (this.endedOn === null || this.caseId !== null) return;
    const endedOn = this.endedOn;
    const term = (kind: RuleKind): Term => {
      const { terms, edition } = rulesInForce(kind);
      return { kind, edition, keptUntil: keptUntil(terms, { endedOn, birthDate }) };
    };
    const own = term(this.fileKind);
    const within = this.kind === 'case' ? WITHIN_CASE.map(({ kind }) => term(kind)) : [];
    const open = [own, ...within.filter(({ kind }) => !this.erased.includes(kind))].map((t) => t.keptUntil);
    const last = open.includes(null) ? null : open.reduce((a, b) => (b! > a! ? b : a));
    this.settle([{ ...own, keptUntil: last ?? null }, ...within]);
  }

  /** CONS-6: one kind of data in the file is gone; the rest stays. */
  erase(kind: RuleKind): void {
    Object.assign(this, { erased: [...this.erased, kind] });
    this.settle(this.terms);
  }

  /** The kinds of data that are still in it; none while it is in use. */
  get openKinds(): RuleKind[] {
    return this.terms.map(({ kind }) => kind).filter((kind) => !this.erased.includes(kind));
  }

  /** The kinds whose time is over on a day. */
  dueAt(today: string): Term[] {
    return this.terms.filter(
      (term) => !this.erased.includes(term.kind) && term.keptUntil !== null && term.keptUntil < today,
    );
  }

  private settle(terms: readonly Term[]): void {
    const open = terms.filter(({ kind, keptUntil }) => keptUntil !== null && !this.erased.includes(kind));
    const first = open.map(({ keptUntil }) => keptUntil!).sort()[0];
    Object.assign(this, { terms, dueOn: first ?? null });
  }
}
