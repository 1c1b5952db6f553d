import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { AssessmentCompleted, AssessmentStarted, PerspectiveGiven } from '../events';
import type { Instrument } from './instrument';
import { instrumentOf } from './instruments';
import {
  type GivenPerspective,
  type MissingPerspective,
  type Perspective,
  type PerspectiveKind,
  perspectiveFaults,
} from './perspective';
import { rules } from './refusals';
import { type Result, type ResultTerms, keptResult, resultFaults } from './result';

/** What an assessment begins with; days are YYYY-MM-DD. */
export type StartTerms = {
  instrument: string;
  personId: string;
  kind: 'initial' | 'reassessment';
  previousId?: string;
  startOn: string;
  plannedEnd: string;
};

/** The client's agreement on the result; only written or electronic forms count (ASMT-5). */
export type ClientAgreement = { agreedOn: string; form: 'written' | 'electronic' };

export type AssessmentStatus = 'open' | 'completed' | 'stopped';

/** ASMT-2 to ASMT-5: one person's situation seen from several sides, ending in a result the client agrees on. */
@Entity({ schema: 'assessment', name: 'assessment' })
@Index('assessment_by_case', ['tenantId', 'caseId', 'status'])
export class Assessment extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  /** It is about the client of the case, not about another member of the family. */
  @Column({ type: 'boolean', name: 'of_client', update: false }) readonly ofClient: boolean;
  @Column({ type: 'text', name: 'instrument', update: false }) readonly instrument: string;
  @Column({ type: 'text', name: 'instrument_version', update: false }) readonly instrumentVersion: string;
  @Column({ type: 'text', update: false }) readonly kind: StartTerms['kind'];
  @Column({ type: 'uuid', name: 'previous_id', nullable: true, update: false }) readonly previousId: string | null;
  @Column({ type: 'date', name: 'start_on', update: false }) readonly startOn: string;
  @Column({ type: 'date', name: 'planned_end', update: false }) readonly plannedEnd: string;
  @Column({ type: 'text', name: 'started_by', update: false }) readonly startedBy: string;
  @Column({ type: 'timestamptz', name: 'started_at', precision: 3, update: false }) readonly startedAt: Date;
  @Column('text') private status: AssessmentStatus = 'open';
  @Column('jsonb') private perspectives: readonly Perspective[] = [];
  @Column('jsonb', { name: 'missing_perspectives' }) private missingPerspectives: readonly MissingPerspective[] = [];
  @Column('jsonb', { nullable: true }) private result: Result | null = null;
  @Column('date', { name: 'completed_on', nullable: true }) private completedOn: string | null = null;
  @Column('jsonb', { name: 'client_agreement', nullable: true }) private clientAgreement: ClientAgreement | null = null;
  @Column('jsonb', { nullable: true }) private stopped: { reason: string; at: string } | null = null;

  private constructor() {
    super();
  }

  /** ASMT-3: begins an assessment that is planned and limited in time; a reassessment follows a completed one. */
  static start(
    caseId: string,
    terms: StartTerms,
    ofClient: boolean,
    previous: Assessment | null,
    stamp: Stamp,
  ): Assessment {
    const faults: FieldFault[] = [];
    const instrument = instrumentOf(terms.instrument);
    if (!instrument) faults.push({ pointer: '#/instrument', code: 'instrument-unknown', detail: UNKNOWN_INSTRUMENT });
    if (terms.plannedEnd < terms.startOn)
      faults.push({ pointer: '#/plannedEnd', code: 'ends-before-start', detail: ENDS_BEFORE_START });
    if (!previousFits(caseId, terms, previous))
      faults.push({ pointer: '#/previousId', code: 'previous-does-not-fit', detail: PREVIOUS });
    if (!instrument || faults.length > 0) throw new InvalidInput(faults);
    const { kind, personId, startOn, plannedEnd, previousId = null } = terms;
    const begun = {
      caseId,
      ofClient,
      kind,
      personId,
      startOn,
      plannedEnd,
      previousId,
      startedBy: stamp.by,
      startedAt: new Date(stamp.at),
    };
    const assessment = Object.assign(new Assessment(), begun, {
      instrument: instrument.code,
      instrumentVersion: instrument.version,
    });
    assessment.record(new AssessmentStarted(assessment.id, caseId, startOn, plannedEnd, stamp.at));
    return assessment;
  }

  /**
   * ASMT-2: one side answers; answers of the same side are replaced. The client may only give the own view, and what
   * the client wrote in person is not overwritten by staff.
   */
  give(given: GivenPerspective, giver: 'client' | 'staff', stamp: Stamp): void {
    this.requireOpen();
    const { perspective, respondent, answeredOn, answers } = given;
    if (giver === 'client' && perspective !== 'client')
      throw rules.broken('perspective-not-yours', { assessmentId: this.id });
    const faults = perspectiveFaults(given, this.questions, dayOf(stamp));
    if (faults.length > 0) throw new InvalidInput(faults);
    const key = perspective === 'third_party' ? `third_party:${respondent.key}` : perspective;
    const before = this.perspectives.find((p) => p.key === key);
    if (giver === 'staff' && perspective === 'client' && before?.onBehalf === false)
      throw rules.broken('client-answered-in-person', { assessmentId: this.id });
    const onBehalf = giver === 'staff' && perspective !== 'case_manager';
    const kept = {
      perspective,
      key,
      respondent: withoutKey(respondent),
      answeredOn,
      answers,
      onBehalf,
      recordedBy: stamp.by,
      recordedAt: stamp.at,
    };
    this.perspectives = before ? this.perspectives.map((p) => (p === before ? kept : p)) : [...this.perspectives, kept];
    this.missingPerspectives = this.missingPerspectives.filter((m) => m.perspective !== perspective);
    this.record(new PerspectiveGiven(this.id, this.caseId, perspective, stamp.at));
  }

  /** ASMT-2, ASMT-5: says why a side did not answer. */
  explainMissing(perspective: PerspectiveKind, reason: string, stamp: Stamp): void {
    this.requireOpen();
    if (this.has(perspective)) throw rules.broken('perspective-already-given', { assessmentId: this.id, perspective });
    this.missingPerspectives = [
      ...this.missingPerspectives.filter((m) => m.perspective !== perspective),
      { perspective, reason, recordedBy: stamp.by, recordedAt: stamp.at },
    ];
  }

  /** ASMT-4: records what came out; the whole result is replaced. */
  recordResult(terms: ResultTerms, stamp: Stamp): void {
    this.requireOpen();
    const faults = resultFaults(
      terms,
      this.questions.sections.map(({ dimension }) => dimension),
    );
    if (faults.length > 0) throw new InvalidInput(faults);
    this.result = keptResult(terms, stamp.by, stamp.at);
  }

  /** ASMT-5: completes it with the client's agreement; afterwards nothing changes any more. */
  complete(agreement: ClientAgreement | undefined, stamp: Stamp): void {
    this.requireOpen();
    const { result } = this;
    const unmet = this.unmetConditions(agreement);
    if (unmet.length > 0 || !result || !agreement)
      throw rules.broken('assessment-incomplete', { assessmentId: this.id, unmet });
    const today = dayOf(stamp);
    if (agreement.agreedOn > today || agreement.agreedOn < this.startOn)
      throw new InvalidInput([
        { pointer: '#/clientAgreement/agreedOn', code: 'outside-assessment', detail: AGREED_OUTSIDE },
      ]);
    this.status = 'completed';
    this.completedOn = today;
    this.clientAgreement = agreement;
    this.record(
      new AssessmentCompleted(
        this.id,
        this.caseId,
        this.startOn,
        this.plannedEnd,
        today,
        [...new Set(this.perspectives.map(({ perspective }) => perspective))],
        this.missingPerspectives.map(({ perspective }) => perspective),
        result.needs.map(({ id, dimension, severity, urgency }) => ({ id, dimension, severity, urgency })),
        result.noNeedReason !== null,
        result.resources.map(({ id, dimension, kind }) => ({ id, dimension, kind })),
        result.resourcesLookedFor,
        agreement.agreedOn,
        stamp.at,
        [...new Set(result.supplyGaps.map(({ needId }) => needId))],
        this.personId,
      ),
    );
  }

  /** CONS-2: ends an open assessment because participation was withdrawn; what was recorded stays. */
  stop(reason: 'consent_withdrawn', stamp: Stamp): void {
    if (this.status !== 'open') return;
    this.status = 'stopped';
    this.stopped = { reason, at: stamp.at };
  }

  /** Whether a reassessment of this person may follow it. */
  mayBeFollowed(caseId: string, personId: string): boolean {
    return this.status === 'completed' && this.caseId === caseId && this.personId === personId;
  }

  private unmetConditions(agreement: ClientAgreement | undefined): string[] {
    const { result } = this;
    const answered = (perspective: PerspectiveKind) =>
      this.has(perspective) || this.missingPerspectives.some((m) => m.perspective === perspective);
    const conditions: [met: boolean, code: string][] = [
      [answered('case_manager'), 'assessment-case-manager-perspective-missing'],
      [answered('client'), 'assessment-client-perspective-missing'],
      [result !== null && (result.needs.length > 0 || result.noNeedReason !== null), 'assessment-need-missing'],
      [result?.resourcesLookedFor === true, 'assessment-resources-not-looked-for'],
      [agreement !== undefined, 'assessment-client-agreement-missing'],
    ];
    return conditions.flatMap(([met, code]) => (met ? [] : [code]));
  }

  private has(perspective: PerspectiveKind): boolean {
    return this.perspectives.some((p) => p.perspective === perspective);
  }

  private requireOpen(): void {
    if (this.status !== 'open') throw rules.broken(`assessment-${this.status}`, { assessmentId: this.id });
  }

  private get questions(): Instrument {
    return instrumentOf(this.instrument, this.instrumentVersion)!;
  }
}

const withoutKey = ({ name, relation }: GivenPerspective['respondent']) => ({
  name,
  ...(relation === undefined ? {} : { relation }),
});

const previousFits = (caseId: string, { kind, personId, previousId }: StartTerms, previous: Assessment | null) =>
  kind === 'initial' ? previousId === undefined : (previous?.mayBeFollowed(caseId, personId) ?? false);

const UNKNOWN_INSTRUMENT = { en: 'There is no such instrument.', de: 'Dieses Instrument gibt es nicht.' };
const ENDS_BEFORE_START = {
  en: 'The assessment would end before it begins.',
  de: 'Das Assessment würde enden, bevor es beginnt.',
};
const PREVIOUS = {
  en: 'A reassessment names a completed assessment of the same person in this case; an initial one names none.',
  de: 'Ein Reassessment nennt ein abgeschlossenes Assessment derselben Person in diesem Fall; ein erstes nennt keines.',
};
const AGREED_OUTSIDE = {
  en: 'The client agreed between the start of the assessment and today.',
  de: 'Die Zustimmung liegt zwischen dem Beginn des Assessments und heute.',
};
