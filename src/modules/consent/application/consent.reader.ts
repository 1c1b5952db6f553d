import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import type { Consent } from '../domain/consent.entity';
import { byGuardiansAlone } from '../domain/giver-standing';
import { rules } from '../domain/refusals';
import { MISSING_REASONS, NEEDS_PARTICIPATION, type MissingReason, type Recipient } from '../domain/words';
import { ConsentExceptionRepository } from './consent-exception.repository';
import { ConsentRepository } from './consent.repository';

/** CONS-3: may these categories go to this recipient for this purpose, now? */
export type Outflow = {
  caseId: string;
  recipient: Recipient;
  categories: readonly string[];
  purpose: string;
  /** Whose data it is: only consents of this person count; the client of the case when left out. */
  personId?: string;
  /** Only this consent counts: for what was opened relying on it, and closes with it. */
  consentId?: string;
};

/** What carries an outflow: the consent relied on, and the last day it does (YYYY-MM-DD; null while open-ended). */
export type Carrier = {
  /** The consent, or the exception that stands in for it (CONS-4). */
  consentId: string;
  until: string | null;
  basis: 'consent' | 'exception';
  /** It is an exception, and the client is not to know of it yet (CONS-4). */
  concealed: boolean;
};

/** The answer: the one consent relied on, or every category that is missing and why. */
export type Verdict =
  | ({ allowed: true } & Carrier)
  | {
      allowed: false;
      missing: string[];
      reason: MissingReason;
      reasons: { category: string; reason: MissingReason }[];
    };

/**
 * Answers other modules whether data may leave. `check`, `require` and `participation` open the transaction of the
 * caller's unit of work and lock the consents relied on: a withdrawal at the same time waits until the caller is done,
 * or is seen by the caller. Only a release (`disclosure`) lets data leave; the other kinds never stand in for it.
 */
@Injectable()
export class ConsentReader {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly exceptions: ConsentExceptionRepository,
    private readonly persons: CasePersons,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** CONS-3: whether the data may leave within this unit of work. */
  async check(outflow: Outflow): Promise<Verdict> {
    await this.uow.lock();
    return this.decide(outflow, true);
  }

  /** The id of the consent relied on; refuses with 'consent-required' (403) when a category is not covered. */
  async require(outflow: Outflow): Promise<string> {
    return (await this.requireCarrier(outflow)).consentId;
  }

  /** The same for what stays open to the recipient: it closes again when what carries it ends (CONS-7). */
  async requireCarrier(outflow: Outflow): Promise<Carrier> {
    const verdict = await this.check(outflow);
    if (verdict.allowed) return verdict;
    const { purpose, recipient, caseId } = outflow;
    throw rules.broken('consent-required', {
      caseId,
      recipientId: recipient.id,
      purpose,
      categories: verdict.missing,
      reason: verdict.reason,
    });
  }

  /**
   * The same answer without a lock: for people who ask, not for data that leaves. Clients are told of consents only: an
   * exception may have to stay unknown to them for a while.
   */
  look(outflow: Outflow, forClient = false): Promise<Verdict> {
    return this.decide(outflow, false, !forClient);
  }

  /** The valid participation consent of the case, or of one person in it; null when there is none now. */
  async participation(caseId: string, personId?: string): Promise<{ consentId: string; personId: string } | null> {
    await this.uow.lock();
    const all = await this.consents.participations(caseId);
    const born = await this.birthDates(all);
    const found = all.find(
      (consent) =>
        (personId === undefined || consent.personId === personId) &&
        consent.reasonAgainst(this.clock.today(), born(consent)) === null,
    );
    return found ? { consentId: found.id, personId: found.personId } : null;
  }

  /** CONS-7: the consents of the case that have an end, and those among them left out that another one takes over from. */
  async ending(caseId: string): Promise<{ consentId: string; until: string }[]> {
    const all = await this.consents.allOf(caseId);
    return all.flatMap((one) =>
      one.endsOn === null || all.some((other) => other.takesOverFrom(one))
        ? []
        : [{ consentId: one.id, until: one.endsOn }],
    );
  }

  /** CONS-4: of the exceptions that carry all of it now, the one that does longest; null where none does. */
  private async exceptionFor(
    { caseId, recipient, categories, purpose, personId, consentId }: Outflow,
    locked: boolean,
  ): Promise<({ allowed: true } & Carrier) | null> {
    if (categories.length === 0) return null;
    const now = this.clock.now();
    const [found] = (await this.exceptions.ofCase(caseId, locked))
      .filter(
        (exception) =>
          exception.personId === personId &&
          exception.id === (consentId ?? exception.id) &&
          exception.carries(recipient, categories, purpose, now),
      )
      .sort((a, b) => b.carriesUntil.localeCompare(a.carriesUntil));
    if (!found) return null;
    const { id, carriesUntil: until, clientTold } = found;
    return { allowed: true, consentId: id, until, basis: 'exception', concealed: !clientTold };
  }

  /** The birth dates of those for whom guardians alone consented: their word ends with the majority. */
  private async birthDates(consents: readonly Consent[]): Promise<Born> {
    const found = new Map<string, string | null>();
    for (const consent of consents)
      if (byGuardiansAlone(consent) && !found.has(consent.personId))
        found.set(consent.personId, await this.persons.birthDates(consent.personId));
    return ({ personId }) => found.get(personId) ?? null;
  }

  /** The one decision behind every answer and every outward flow. */
  private async decide(outflow: Outflow, locked: boolean, exceptions = true): Promise<Verdict> {
    const { caseId, recipient, categories, purpose, consentId } = outflow;
    const today = this.clock.today();
    const persons = await this.persons.of(caseId);
    const client = persons.client?.personId;
    const personId = outflow.personId ?? client;
    // GDPR 18: nothing of it leaves, whatever was released.
    if (persons.client?.restricted || (personId && persons.find(personId)?.restricted))
      return {
        allowed: false,
        missing: [...categories],
        reason: 'processing-restricted',
        reasons: categories.map((category) => ({ category, reason: 'processing-restricted' })),
      };
    const bearing = await this.consents.bearingOn(caseId, { kind: recipient.kind, id: recipient.id }, locked);
    const born = await this.birthDates(bearing);
    const participation = NEEDS_PARTICIPATION.includes(purpose)
      ? lasting(
          bearing.filter((c) => c.kind === 'participation' && c.personId === client),
          today,
          born,
        )
      : UNASKED;
    const releases = bearing.filter(
      (c) => c.kind === 'disclosure' && c.personId === personId && c.id === (consentId ?? c.id),
    );
    const missingIn = (consent: Consent) =>
      categories.filter(
        (category) => consent.reasonAgainstPassing(recipient, category, purpose, today, born(consent)) !== null,
      );
    // What leaves together relies on one release: the register names it, and its withdrawal ends the whole flow.
    const whole = lasting(
      releases.filter((consent) => missingIn(consent).length === 0),
      today,
      born,
    );
    // Nothing asked for is nothing allowed: a flow names what it passes on.
    if (whole && participation && categories.length > 0)
      return {
        allowed: true,
        consentId: whole.consent.id,
        until: earlier(whole.until, participation.until),
        basis: 'consent',
        concealed: false,
      };
    const exception = exceptions && personId && (await this.exceptionFor({ ...outflow, personId }, locked));
    if (exception) return exception;
    const fewest = releases.map(missingIn).sort((a, b) => a.length - b.length)[0] ?? categories;
    const reasons = (participation ? fewest : categories).map((category) => {
      if (!fewest.includes(category)) return { category, reason: 'participation-missing' as const };
      const against = releases.map((consent) =>
        consent.reasonAgainstPassing(recipient, category, purpose, today, born(consent)),
      );
      return { category, reason: against.includes(null) ? ('in-another-release' as const) : nearest(against) };
    });
    return {
      allowed: false,
      missing: reasons.map(({ category }) => category),
      reason: reasons[0]?.reason ?? 'no-consent',
      reasons,
    };
  }
}

/** Whose consent it is was born then; asked only where it matters (CONS-1). */
type Born = (consent: Consent) => string | null;

/** For purposes that do not ask for a participation. */
const UNASKED = { until: null };
const FOREVER = '9999-12-31';

/** Of the consents that count on that day, the one that lasts longest; the oldest of several. */
const lasting = (consents: readonly Consent[], day: string, born: Born) =>
  consents
    .filter((consent) => consent.reasonAgainst(day, born(consent)) === null)
    .map((consent) => ({ consent, until: consent.lastDay(born(consent)) }))
    .sort((a, b) => (b.until ?? FOREVER).localeCompare(a.until ?? FOREVER))[0];

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;

/** Of the reasons that several consents give, the one that tells most: withdrawn before expired before none at all. */
const nearest = (against: readonly (MissingReason | null)[]): MissingReason =>
  [...MISSING_REASONS].reverse().find((reason) => against.includes(reason)) ?? 'no-consent';
