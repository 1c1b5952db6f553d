import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput, type Localised } from '../../../../shared/domain/errors';
import { GatekeepingDecided, GatekeepingDecisionAnnounced } from '../../events';
import { caseRules } from '../case/case.refusals';
import { rules } from './gatekeeping.refusals';
import type {
  Announcement,
  AppealInformation,
  AppliedCriterion,
  GateDecision,
  GatekeepingTerms,
  OfferedAlternative,
  ServiceCost,
  UsedInformation,
  Way,
} from './gatekeeping.values';

/** CASE-13: a decision on access to a collectively funded service. It is never changed; a new one may revise it. */
@Entity({ schema: 'cases', name: 'gatekeeping_decision' })
@Index('gatekeeping_decision_by_case', ['tenantId', 'caseId', 'decidedOn', 'id'])
export class GatekeepingDecision extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'text', update: false }) readonly service: string;
  @Column({ type: 'text', update: false }) readonly decision: GateDecision;
  @Column({ type: 'text', name: 'granted_part', nullable: true, update: false }) readonly grantedPart: string | null;
  @Column({ type: 'date', name: 'decided_on', update: false }) readonly decidedOn: string;
  @Column({ type: 'jsonb', update: false }) readonly criteria: readonly AppliedCriterion[];
  @Column({ type: 'jsonb', update: false }) readonly information: readonly UsedInformation[];
  @Column({ type: 'jsonb', nullable: true, update: false }) readonly alternative: OfferedAlternative | null;
  @Column({ type: 'jsonb', nullable: true, update: false }) readonly cost: ServiceCost | null;
  @Column({ type: 'text', update: false }) readonly payer: string;
  @Column({ type: 'jsonb', nullable: true, update: false }) readonly appeal: AppealInformation | null;
  @Column({ type: 'text', update: false }) readonly reasons: string;
  /** The decision this one revises, and why. */
  @Column({ type: 'uuid', name: 'revises_id', nullable: true, update: false }) readonly revisesId: string | null = null;
  @Column({ type: 'text', name: 'revision_reason', nullable: true, update: false }) readonly revisionReason:
    string | null = null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;
  @Column('jsonb', { nullable: true }) private announcement: Announcement | null = null;
  @Column('uuid', { name: 'revised_by_id', nullable: true }) private revisedById: string | null = null;

  private constructor() {
    super();
  }

  /** CASE-13: decides on a service asked for. In a closed case there is nothing left to ask for. */
  static decide(kase: { caseId: string; status: string }, terms: GatekeepingTerms, stamp: Stamp): GatekeepingDecision {
    if (kase.status === 'closed') throw caseRules.broken('case-closed', { caseId: kase.caseId });
    return GatekeepingDecision.of(kase.caseId, terms, null, stamp);
  }

  /** CASE-13: a new decision in place of this one, also after the end of the case: objections outlive it. */
  revise(terms: GatekeepingTerms, reason: string, stamp: Stamp): GatekeepingDecision {
    this.requireInForce();
    const later = GatekeepingDecision.of(this.caseId, terms, { revises: this, reason }, stamp);
    this.revisedById = later.id;
    return later;
  }

  /** CASE-13: the client was told of the decision, which takes effect with it. */
  announce(on: string, way: Way, stamp: Stamp): void {
    this.requireInForce();
    if (this.announcement) throw rules.broken('decision-announced', { announcedOn: this.announcement.on });
    const faults = [...later(on, dayOf(stamp), '#/on'), ...earlier(on, this.decidedOn, '#/on')];
    if (faults.length > 0) throw new InvalidInput(faults);
    this.announcement = { on, way, ...stamp };
    this.record(new GatekeepingDecisionAnnounced(this.id, this.caseId, on));
  }

  private static of(
    caseId: string,
    terms: GatekeepingTerms,
    revision: { revises: GatekeepingDecision; reason: string } | null,
    stamp: Stamp,
  ): GatekeepingDecision {
    const faults = faultsOf(terms, dayOf(stamp));
    if (revision) faults.push(...earlier(terms.decidedOn, revision.revises.decidedOn, '#/decidedOn'));
    if (faults.length > 0) throw new InvalidInput(faults);
    const decided = new GatekeepingDecision();
    Object.assign(decided, terms, { caseId, recordedBy: stamp.by, recordedAt: new Date(stamp.at) });
    if (revision) Object.assign(decided, { revisesId: revision.revises.id, revisionReason: revision.reason });
    const { decision, alternative, appeal, cost, decidedOn } = terms;
    decided.record(
      new GatekeepingDecided(
        decided.id,
        caseId,
        decision,
        decided.revisesId,
        alternative !== null,
        appeal !== null,
        cost?.amountCents ?? null,
        decidedOn,
        stamp.at,
      ),
    );
    return decided;
  }

  private requireInForce(): void {
    if (this.revisedById) throw rules.broken('decision-revised', { revisedById: this.revisedById });
  }
}

const fault = (pointer: string, code: string, detail: Localised): FieldFault => ({ pointer, code, detail });
const later = (day: string | null, today: string, pointer: string): FieldFault[] =>
  day !== null && day > today
    ? [
        fault(pointer, 'date-in-future', {
          en: 'This day lies in the future',
          de: 'Dieser Tag liegt in der Zukunft',
        }),
      ]
    : [];
const earlier = (day: string | null, decidedOn: string, pointer: string): FieldFault[] =>
  day !== null && day < decidedOn
    ? [
        fault(pointer, 'before-decision', {
          en: 'This day lies before the decision',
          de: 'Dieser Tag liegt vor der Entscheidung',
        }),
      ]
    : [];

/** What is missing or contradictory: a refusal, also in part, needs the way to object, a full one an alternative. */
function faultsOf(terms: GatekeepingTerms, today: string): FieldFault[] {
  const { decision, grantedPart, alternative, appeal, cost, information, criteria, decidedOn } = terms;
  const faults = later(decidedOn, today, '#/decidedOn');
  information.forEach(({ asOf }, i) => faults.push(...later(asOf, today, `#/information/${i}/asOf`)));
  criteria.forEach(({ answer, reason }, i) => {
    if (answer !== 'met' && reason === null)
      faults.push(
        fault(`#/criteria/${i}/reason`, 'reason-needed', {
          en: 'Say why the criterion is not fulfilled, or what is unclear',
          de: 'Begründen Sie, warum das Kriterium nicht erfüllt oder was unklar ist',
        }),
      );
  });
  if ((grantedPart !== null) !== (decision === 'partly_granted'))
    faults.push(
      fault('#/grantedPart', 'granted-part', {
        en: 'Say which part is granted when, and only when, the service is granted in part',
        de: 'Geben Sie den bewilligten Teil genau dann an, wenn die Leistung teilweise bewilligt wird',
      }),
    );
  if (decision === 'refused' && alternative === null)
    faults.push(
      fault('#/alternative', 'alternative-needed', {
        en: 'A refusal offers an alternative: name the service that is to help instead',
        de: 'Zu einer Ablehnung gehört eine Alternative: Nennen Sie die Leistung, die stattdessen helfen soll',
      }),
    );
  if (decision !== 'refused' && cost === null)
    faults.push(
      fault('#/cost', 'cost-needed', {
        en: 'State what the service granted costs, and for which period',
        de: 'Geben Sie an, was das Bewilligte kostet und für welchen Zeitraum',
      }),
    );
  if (decision !== 'granted' && appeal === null)
    faults.push(
      fault('#/appeal', 'appeal-information-needed', {
        en: 'Tell the person how to object to the refusal, and record when and how you did',
        de: 'Informieren Sie die Person, wie sie der Ablehnung widersprechen kann, und halten Sie fest, wann und wie das geschah',
      }),
    );
  if (appeal) {
    faults.push(...later(appeal.givenOn, today, '#/appeal/givenOn'));
    faults.push(...earlier(appeal.givenOn, decidedOn, '#/appeal/givenOn'));
    faults.push(...earlier(appeal.deadline, appeal.givenOn, '#/appeal/deadline'));
  }
  return faults;
}
