import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { addDays } from '../../../shared/domain/days';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { localDay } from '../../../shared/domain/local-day';
import { ConsentGiven, ConsentWithdrawn } from '../events';
import {
  type AgeGroup,
  type ConsentTerms,
  type DataSubject,
  type Evidence,
  type Giver,
  type NamedRecipient,
  UNKNOWN_SUBJECT,
  ageGroupOf,
  faultsOf,
  keptGiver,
} from './consent-terms';
import { lastDayOfMinority } from './giver-standing';
import { rules } from './refusals';
import type { ConsentForm, ConsentKind, MissingReason, Recipient } from './words';

/** One withdrawal; an empty list of a part means "all of them" on that side. */
export type Withdrawal = {
  at: string;
  by: string;
  whole: boolean;
  recipientIds: readonly string[];
  categories: readonly string[];
  reason: string | null;
};

/** What is withdrawn: nothing named is everything. */
export type WithdrawalTerms = { recipientIds?: readonly string[]; categories?: readonly string[]; reason?: string };

/**
 * CONS-1, CONS-2: what a person allowed, to whom, for what and until when. It is never deleted: earlier processing
 * stays lawful, and the record proves it.
 */
@Entity({ schema: 'consent', name: 'consent' })
@Index('consent_by_case', ['tenantId', 'caseId', 'kind'])
export class Consent extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'text', update: false }) readonly kind: ConsentKind;
  @Column({ type: 'text', update: false }) readonly purpose: string;
  @Column({ type: 'jsonb', update: false }) readonly categories: readonly string[];
  @Column({ type: 'jsonb', update: false }) readonly recipients: readonly NamedRecipient[];
  @Column({ type: 'text', update: false }) readonly form: ConsentForm;
  @Column({ type: 'text', update: false, nullable: true }) readonly witness: string | null;
  @Column({ type: 'text', name: 'special_circumstances', update: false, nullable: true })
  readonly specialCircumstances: string | null;
  @Column({ type: 'text', update: false }) readonly language: string;
  @Column({ type: 'text', name: 'text_version', update: false }) readonly textVersion: string;
  /** The text that was shown, where the organisation keeps it here. */
  @Column({ type: 'uuid', name: 'text_id', update: false, nullable: true }) readonly textId: string | null;
  @Column({ type: 'text', name: 'text_sha256', update: false, nullable: true }) readonly textSha256: string | null;
  @Column({ type: 'jsonb', name: 'given_by', update: false }) readonly givenBy: Giver;
  @Column({ type: 'jsonb', name: 'also_by', update: false, nullable: true }) readonly alsoBy: Giver | null;
  @Column({ type: 'text', name: 'age_group', update: false }) readonly ageGroup: AgeGroup;
  @Column({ type: 'boolean', name: 'consequences_explained', update: false }) readonly consequencesExplained: boolean;
  @Column({ type: 'boolean', name: 'withdrawal_explained', update: false }) readonly withdrawalExplained: boolean;
  @Column({ type: 'date', name: 'valid_from', update: false }) readonly validFrom: string;
  @Column({ type: 'date', name: 'valid_until', update: false, nullable: true }) readonly validUntil: string | null;
  @Column({ type: 'jsonb', update: false }) readonly evidence: Evidence;
  @Column({ type: 'text', name: 'obtained_by', update: false }) readonly obtainedBy: string;
  @Column({ type: 'timestamptz', name: 'obtained_at', precision: 3, update: false }) readonly obtainedAt: Date;
  @Column('boolean') private withdrawn: boolean = false;
  @Column('jsonb') private withdrawals: readonly Withdrawal[] = [];

  private constructor() {
    super();
  }

  /** CONS-1: records a consent that was given; names every field that does not fit. */
  static give(
    caseId: string,
    terms: ConsentTerms,
    stamp: Stamp,
    subject: DataSubject = UNKNOWN_SUBJECT,
    shown: { id: string; sha256: string } | null = null,
  ): Consent {
    const today = localDay(stamp.at);
    const faults = faultsOf(terms, today, subject);
    if (faults.length > 0) throw new InvalidInput(faults);
    const { personBirthDate, ...kept } = terms;
    const consent = Object.assign(new Consent(), {
      ...kept,
      caseId,
      categories: terms.categories ?? [],
      recipients: terms.recipients ?? [],
      witness: terms.witness ?? null,
      specialCircumstances: terms.specialCircumstances ?? null,
      givenBy: keptGiver(terms.givenBy, subject),
      alsoBy: terms.alsoBy ? keptGiver(terms.alsoBy, subject) : null,
      textId: shown?.id ?? null,
      textSha256: shown?.sha256 ?? null,
      ageGroup: ageGroupOf(subject.birthDate ?? personBirthDate, today),
      validFrom: terms.validFrom ?? today,
      validUntil: terms.validUntil ?? null,
      obtainedBy: stamp.by,
      obtainedAt: new Date(stamp.at),
    });
    consent.record(
      new ConsentGiven(
        consent.id,
        caseId,
        consent.kind,
        consent.purpose,
        consent.categories,
        consent.recipientIds,
        consent.validFrom,
        consent.validUntil,
        stamp.at,
        consent.personId,
      ),
    );
    return consent;
  }

  /** CONS-2: withdraws all of it or the part named, at once; a last part makes the whole withdrawn. */
  withdraw({ recipientIds = [], categories = [], reason }: WithdrawalTerms, stamp: Stamp): void {
    const faults = this.unknownParts(recipientIds, categories);
    if (faults.length > 0) throw new InvalidInput(faults);
    const part = { at: stamp.at, by: stamp.by, whole: false, recipientIds, categories, reason: reason ?? null };
    const before = this.carried(this.withdrawals).length;
    const after = this.carried([...this.withdrawals, part]).length;
    const everything = recipientIds.length === 0 && categories.length === 0;
    if (this.withdrawn || (!everything && after === before))
      throw rules.broken('consent-already-withdrawn', { consentId: this.id });
    const whole = everything || after === 0;
    this.withdrawals = [...this.withdrawals, { ...part, whole }];
    this.withdrawn = whole;
    const passed = whole ? { recipientIds: this.recipientIds, categories: this.categories } : part;
    this.record(
      new ConsentWithdrawn(
        this.id,
        this.caseId,
        this.kind,
        whole,
        passed.recipientIds,
        passed.categories,
        stamp.at,
        this.personId,
      ),
    );
  }

  /** Whether it counts on that day for somebody born then (null: not known); null when it does, otherwise why not. */
  reasonAgainst(day: string, birthDate: string | null = null): MissingReason | null {
    if (this.withdrawn) return 'withdrawn';
    if (this.validFrom > day) return 'not-yet-valid';
    if (this.validUntil !== null && this.validUntil < day) return 'expired';
    const minorUntil = lastDayOfMinority(this, birthDate);
    return minorUntil !== null && minorUntil < day ? 'came-of-age' : null;
  }

  /** The last day it carries anything for somebody born then: its own, or that of the minority; null where it has none. */
  lastDay(birthDate: string | null): string | null {
    const days = [this.validUntil, lastDayOfMinority(this, birthDate)].filter((day) => day !== null);
    return days.sort()[0] ?? null;
  }

  /** CONS-3: whether `category` may go to `recipient` for `purpose` on that day; null when it may, otherwise why not. */
  reasonAgainstPassing(
    recipient: Recipient,
    category: string,
    purpose: string,
    day: string,
    birthDate: string | null = null,
  ): MissingReason | null {
    const named = this.recipients.some(({ kind, id }) => kind === recipient.kind && id === recipient.id);
    if (this.kind !== 'disclosure' || !named || !this.categories.includes(category)) return 'no-consent';
    if (this.purpose !== purpose) return 'other-purpose';
    const against = this.reasonAgainst(day, birthDate);
    if (against) return against;
    return this.carried(this.withdrawals).some(
      (cell) => cell.recipientId === recipient.id && cell.category === category,
    )
      ? null
      : 'withdrawn';
  }

  /** The last day it counts (YYYY-MM-DD); null where it has no end, or has ended by withdrawal. */
  get endsOn(): string | null {
    return this.withdrawn ? null : this.validUntil;
  }

  /** CONS-7: whether this one carries, without a gap and beyond its end, everything that `other` still carries. */
  takesOverFrom(other: Consent): boolean {
    const { endsOn } = other;
    if (this.withdrawn || endsOn === null) return false;
    if (this.validFrom > addDays(endsOn, 1) || (this.validUntil !== null && this.validUntil <= endsOn)) return false;
    return this.covers(other);
  }

  /** Whether this one names everything that `other` still carries. */
  covers(other: Consent): boolean {
    if (this.personId !== other.personId || this.kind !== other.kind || this.purpose !== other.purpose) return false;
    const carried = this.carried(this.withdrawals);
    return other
      .carried(other.withdrawals)
      .every((cell) =>
        carried.some(({ recipientId, category }) => recipientId === cell.recipientId && category === cell.category),
      );
  }

  private get recipientIds(): readonly string[] {
    return this.recipients.map(({ id }) => id);
  }

  /** What is left after the withdrawals: every category for every recipient (null where the consent names none). */
  private carried(withdrawals: readonly Withdrawal[]): { recipientId: string | null; category: string }[] {
    const covers = (side: readonly string[], value: string | null) =>
      side.length === 0 || (value !== null && side.includes(value));
    return (this.recipients.length > 0 ? this.recipientIds : [null]).flatMap((recipientId) =>
      this.categories
        .filter(
          (category) =>
            !withdrawals.some(
              (w) => w.whole || (covers(w.recipientIds, recipientId) && covers(w.categories, category)),
            ),
        )
        .map((category) => ({ recipientId, category })),
    );
  }

  private unknownParts(recipientIds: readonly string[], categories: readonly string[]): FieldFault[] {
    const unknown = (field: string, given: readonly string[], known: readonly string[]): FieldFault[] =>
      given.flatMap((value, i) =>
        known.includes(value) ? [] : [{ pointer: `#/${field}/${i}`, code: 'not-in-consent', detail: NOT_IN_CONSENT }],
      );
    if (this.kind === 'participation' && recipientIds.length + categories.length > 0)
      return [
        {
          pointer: recipientIds.length > 0 ? '#/recipientIds' : '#/categories',
          code: 'participation-is-whole',
          detail: PARTICIPATION_IS_WHOLE,
        },
      ];
    return [
      ...unknown('recipientIds', recipientIds, this.recipientIds),
      ...unknown('categories', categories, this.categories),
    ];
  }
}

const NOT_IN_CONSENT = {
  en: 'This consent does not name it; read the consent and withdraw what it names.',
  de: 'Diese Einwilligung nennt das nicht; lesen Sie sie und widerrufen Sie, was sie nennt.',
};
const PARTICIPATION_IS_WHOLE = {
  en: 'Participation can only be withdrawn as a whole; leave recipients and categories out.',
  de: 'Die Teilnahme kann nur als Ganzes widerrufen werden; lassen Sie Empfänger und Datenarten weg.',
};
