import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { rules } from '../domain/refusals';
import { MISSING_REASONS, type MissingReason, type Recipient } from '../domain/words';
import { ConsentRepository } from './consent.repository';

/** CONS-3: may these categories go to this recipient for this purpose, now? */
export type Outflow = {
  caseId: string;
  recipient: Recipient;
  categories: readonly string[];
  purpose: string;
  /** Only consents of this person count: for data that is theirs and nobody else's in the case. */
  personId?: string;
  /** Only this consent counts: for what was opened relying on it, and closes with it. */
  consentId?: string;
};

/** What carries an outflow: the consent relied on, and the last day it does (YYYY-MM-DD; null while open-ended). */
export type Carrier = { consentId: string; until: string | null };

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
    if (verdict.allowed) return { consentId: verdict.consentId, until: verdict.until };
    const { purpose, recipient, caseId } = outflow;
    throw rules.broken('consent-required', {
      caseId,
      recipientId: recipient.id,
      purpose,
      categories: verdict.missing,
      reason: verdict.reason,
    });
  }

  /** The same answer without a lock: for people who ask, not for data that leaves. */
  look(outflow: Outflow): Promise<Verdict> {
    return this.decide(outflow, false);
  }

  /** The valid participation consent of the case, or of one person in it; null when there is none now. */
  async participation(caseId: string, personId?: string): Promise<{ consentId: string; personId: string } | null> {
    await this.uow.lock();
    const found = (await this.consents.participations(caseId)).find(
      (consent) =>
        (personId === undefined || consent.personId === personId) && consent.reasonAgainst(this.clock.today()) === null,
    );
    return found ? { consentId: found.id, personId: found.personId } : null;
  }

  private async decide(outflow: Outflow, locked: boolean): Promise<Verdict> {
    const { caseId, recipient, categories, purpose, personId, consentId } = outflow;
    const today = this.clock.today();
    const named = await this.consents.releasesTo(caseId, { kind: recipient.kind, id: recipient.id }, locked);
    const releases = named.filter(
      (consent) => consent.personId === (personId ?? consent.personId) && consent.id === (consentId ?? consent.id),
    );
    const missingIn = (consent: (typeof releases)[number]) =>
      categories.filter((category) => consent.reasonAgainstPassing(recipient, category, purpose, today) !== null);
    // What leaves together relies on one release: the register names it, and its withdrawal ends the whole flow.
    const whole = releases
      .filter((consent) => missingIn(consent).length === 0)
      .sort((a, b) => (b.validUntil ?? FOREVER).localeCompare(a.validUntil ?? FOREVER))[0];
    // Nothing asked for is nothing allowed: a flow names what it passes on.
    if (whole && categories.length > 0) return { allowed: true, consentId: whole.id, until: whole.validUntil };
    const fewest = releases.map(missingIn).sort((a, b) => a.length - b.length)[0] ?? categories;
    const reasons = fewest.map((category) => {
      const against = releases.map((consent) => consent.reasonAgainstPassing(recipient, category, purpose, today));
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

const FOREVER = '9999-12-31';

/** Of the reasons that several consents give, the one that tells most: withdrawn before expired before none at all. */
const nearest = (against: readonly (MissingReason | null)[]): MissingReason =>
  [...MISSING_REASONS].reverse().find((reason) => against.includes(reason)) ?? 'no-consent';
