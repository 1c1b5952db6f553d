import { FollowedReferences, type Place, personColumn } from '../../../shared/database/followed-references';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { PersonalDataExportRepository } from './personal-data-export.repository';
import { CasePersonRestored, PersonMerged, PersonUnmerged } from '../../case/events';

const IN_CASES = [
  personColumn('consent.consent'),
  personColumn('consent.consent_exception'),
  personColumn('consent.data_dispute'),
];
const OWN = [...IN_CASES, personColumn('consent.subject_request'), personColumn('consent.recipient_notice')];

/** A column of JSON in which a person is named by id; ids are unique, so that their text can be replaced. */
const named = (table: string, column: string, speaksOf: Place['speaksOf'], also: readonly string[] = []): Place => ({
  name: `${table}.${column}`,
  table,
  speaksOf,
  turn: (from, to) =>
    [column, ...also].map((c) => `${c} = replace(t.${c}::text, ${from}::text, ${to}::text)::jsonb`).join(', ') +
    ', version = t.version + 1',
});
const giver = (column: string) =>
  named('consent.consent', column, (person) => `t.${column}->>'personId' = ${person}::text`);
const GIVERS = [giver('given_by'), giver('also_by')];
const recipient = (person: string) => `jsonb_build_object('kind', 'person', 'id', ${person}::text)`;
/** Persons who may be told; a withdrawal names them as well. */
const RECIPIENTS: readonly Place[] = [
  {
    ...named('consent.consent', 'recipients', (p) => `t.recipients @> jsonb_build_array(${recipient(p)})`, [
      'withdrawals',
    ]),
    // Where both are named, each stays what it is.
    may: (to) => `not t.recipients @> jsonb_build_array(${recipient(to)})`,
  },
  named('consent.consent_exception', 'recipient', (p) => `t.recipient @> ${recipient(p)}`),
];

/**
 * CASE-1: nothing is lost by a merge; the consents of a duplicate are those of the person that stays, until the merge is
 * taken back. What the disclosure register says of the past stays as it is. Copies of the survivor's data that were made
 * meanwhile tell of two people, and are handed to none.
 */
@Subscription('consent.persons')
export class ConsentPersons {
  constructor(
    private readonly followed: FollowedReferences,
    private readonly exports: PersonalDataExportRepository,
  ) {}

  @OnEvent(PersonMerged)
  async merged({ aggregateId, survivorId, mergeId }: PersonMerged): Promise<void> {
    const merge = { mergeId, merged: aggregateId, survivor: survivorId };
    for (const place of [...OWN, ...GIVERS, ...RECIPIENTS]) await this.followed.follow(place, merge);
  }

  @OnEvent(PersonUnmerged)
  async unmerged({ aggregateId, survivorId, mergeId }: PersonUnmerged): Promise<void> {
    const merge = { mergeId, merged: aggregateId, survivor: survivorId };
    for (const place of [...OWN, ...GIVERS, ...RECIPIENTS]) await this.followed.back(place, merge);
    await this.exports.recall(survivorId);
  }

  /** In a case that is about the person again, what was recorded since is theirs as well; so is what they gave as guardian. */
  @OnEvent(CasePersonRestored)
  async restored(event: CasePersonRestored): Promise<void> {
    for (const place of [...IN_CASES, ...GIVERS]) await this.followed.restore(place, event);
    await this.exports.recall(event.survivorId);
  }
}
