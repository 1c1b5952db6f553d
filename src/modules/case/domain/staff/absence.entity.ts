import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { AbsenceNoted, AbsenceRecalled } from '../../events';
import { absenceRules } from './absence.refusals';

/** Who stands in for an absent case manager: in the cases named, and in all others. */
export type Deputies = {
  deputy: string;
  /** `owner`: nobody was named, so whoever answers for the team stands in. */
  deputyBy: 'named' | 'owner';
  cases: readonly { caseId: string; deputy: string }[];
};
/** From and until when, both days included (YYYY-MM-DD). */
export type Span = { fromOn: string; untilOn: string };

/** CASE-7: a case manager is away for some days and others work on their cases. Why is nobody's business here. */
@Entity({ schema: 'cases', name: 'absence' })
@Index('absence_by_time', ['tenantId', 'fromOn', 'id'])
@Index('absence_by_subject', ['tenantId', 'subject', 'fromOn', 'id'])
export class Absence extends AggregateRoot {
  @Column({ type: 'text', collation: 'C', update: false }) readonly subject: string;
  @Column('date', { name: 'from_on' }) readonly fromOn: string;
  @Column('date', { name: 'until_on' }) readonly untilOn: string;
  @Column('text') readonly deputy: string;
  @Column('text', { name: 'deputy_by' }) readonly deputyBy: Deputies['deputyBy'];
  @Column('jsonb', { name: 'case_deputies' }) readonly caseDeputies: Deputies['cases'];
  @Column('text') readonly status: 'noted' | 'recalled' = 'noted';
  @Column('jsonb') private steps: readonly { step: 'noted' | 'changed' | 'recalled'; by: string; at: string }[] = [];

  private constructor() {
    super();
  }

  /** CASE-7: somebody will be, or is, absent. */
  static note(subject: string, span: Span, deputies: Deputies, stamp: Stamp): Absence {
    const absence = Object.assign(new Absence(), { subject });
    absence.put(span, deputies, 'noted', stamp);
    return absence;
  }

  /** CASE-7: it takes longer or shorter, or others stand in. */
  change(span: Span, deputies: Deputies, stamp: Stamp): void {
    this.requireNotOver(stamp);
    this.put(span, deputies, 'changed', stamp);
  }

  /** CASE-7: the absent one is there; nobody stands in from this moment on. */
  recall(stamp: Stamp): void {
    this.requireNotOver(stamp);
    Object.assign(this, { status: 'recalled', steps: [...this.steps, { step: 'recalled', ...stamp }] });
    this.record(new AbsenceRecalled(this.id, this.subject, stamp.at));
  }

  private put(span: Span, { deputy, deputyBy, cases }: Deputies, step: 'noted' | 'changed', stamp: Stamp): void {
    const faults = faultsOf(this.subject, span, { deputy, deputyBy, cases }, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    const steps = [...this.steps, { step, ...stamp }];
    Object.assign(this, { ...span, deputy, deputyBy, caseDeputies: [...cases], steps });
    const deputyIds = [...new Set([deputy, ...cases.map((one) => one.deputy)])];
    this.record(new AbsenceNoted(this.id, this.subject, span.fromOn, span.untilOn, deputyIds, stamp.at));
  }

  private requireNotOver(stamp: Stamp): void {
    if (this.status === 'recalled' || this.untilOn < dayOf(stamp))
      throw absenceRules.broken('absence-over', { untilOn: this.untilOn });
  }
}

function faultsOf(
  subject: string,
  { fromOn, untilOn }: Span,
  { deputy, cases }: Deputies,
  today: string,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, code: string, en: string, de: string) =>
    faults.push({ pointer, code, detail: { en, de } });
  if (untilOn < fromOn)
    fault('#/untilOn', 'ends-before-it-begins', 'It ends before it begins', 'Sie endet, bevor sie beginnt');
  else if (untilOn < today) fault('#/untilOn', 'date-in-past', 'This day has passed', 'Dieser Tag ist schon vorbei');
  const self = (pointer: string) =>
    fault(pointer, 'deputy-is-absent-one', 'Nobody stands in for themselves', 'Niemand vertritt sich selbst');
  if (deputy === subject) self('#/deputy');
  cases.forEach((one, i) => {
    if (one.deputy === subject) self(`#/cases/${i}/deputy`);
    if (cases.some((other, j) => j < i && other.caseId === one.caseId))
      fault(`#/cases/${i}/caseId`, 'case-twice', 'A case has one deputy', 'Ein Fall hat genau eine Stellvertretung');
  });
  return faults;
}
