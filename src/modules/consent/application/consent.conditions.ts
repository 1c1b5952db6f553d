import { Injectable } from '@nestjs/common';
import { isOfAge } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import type { Parameters } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NEEDS_PARTICIPATION, type ConsentPurpose } from '../domain/words';

/**
 * CONS-1: whether guardians alone gave the consent of the row `c` for somebody who is of age by `today` (SQL), as SQL: the
 * same as `Consent.reasonAgainst` finds by the birth date.
 */
export const outgrown = (c: string, today: string): string =>
  `(${c}.given_by->>'kind' = 'guardian' and coalesce(${c}.also_by->>'kind', 'guardian') = 'guardian'
    and ${isOfAge(`${c}.tenant_id`, `${c}.person_id`, today)})`;

/** What was passed on and stays open to its recipient, as SQL expressions. */
export type StandingFlow = {
  /** uuid of the release or exception relied on. */
  consentId: string;
  /** text */
  recipientId: string;
  /** jsonb array of categories */
  categories: string;
};

/**
 * What consent allows as SQL conditions, for reads of other modules: they hold at the moment of the read, whether or
 * not the listeners of a withdrawal have done their work by then.
 */
@Injectable()
export class ConsentConditions {
  constructor(private readonly clock: Clock) {}

  /** CONS-2, CONS-7: what the flow relied on when it left still lets its recipient see it. */
  carried({ consentId, recipientId, categories }: StandingFlow, purpose: ConsentPurpose, add: Parameters['add']) {
    const tenant = add(context().tenantId);
    const today = `${add(this.clock.today())}::date`;
    const counts = (c: string) =>
      `not ${c}.withdrawn and ${c}.valid_from <= ${today} and (${c}.valid_until is null or ${c}.valid_until >= ${today})
        and not ${outgrown(c, today)}`;
    const participation = NEEDS_PARTICIPATION.includes(purpose)
      ? `and exists (select 1 from consent.consent q where q.tenant_id = k.tenant_id and q.case_id = k.case_id
          and q.kind = 'participation' and q.person_id = k.person_id and ${counts('q')})`
      : '';
    return `(exists (select 1 from consent.consent k where k.tenant_id = ${tenant} and k.id = ${consentId} and ${counts('k')}
        and not exists (select 1 from jsonb_array_elements(k.withdrawals) w
          where (w->'recipientIds' = '[]' or w->'recipientIds' ? ${recipientId}) and (w->'categories' = '[]'
            or exists (select 1 from jsonb_array_elements_text(${categories}) category where w->'categories' ? category)))
        ${participation})
      or exists (select 1 from consent.consent_exception k where k.tenant_id = ${tenant} and k.id = ${consentId}
        and k.ended_as is null and k.valid_until >= ${today}
        and (k.confirmed_at is not null or k.confirm_by >= ${add(this.clock.now())}::timestamptz)))`;
  }

  /**
   * CONS-4: of a list (SQL, jsonb) of what went out, the entries the reader may know of: `client` is the condition of
   * reading as the client, `consentIds` the consents of `entry` as a SQL row source of uuids named `id`.
   */
  known(list: string, client: string, consentIds: string, add: Parameters['add']): string {
    if (client === 'false') return list;
    return `(select coalesce(jsonb_agg(entry order by n), '[]') from jsonb_array_elements(${list}) with ordinality as known(entry, n)
      where not (${client} and exists (select 1 from ${consentIds} relied where ${this.untold('relied.id', add)})))`;
  }

  /** CONS-4: `consentId` (SQL, uuid) is an exception of which the client was not told yet. */
  untold(consentId: string, add: Parameters['add']): string {
    return `exists (select 1 from consent.consent_exception x where x.tenant_id = ${add(context().tenantId)}
      and x.id = ${consentId} and x.informing->>'informedOn' is null)`;
  }
}
