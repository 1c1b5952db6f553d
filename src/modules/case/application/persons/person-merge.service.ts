import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { type FollowedMerge, FollowedReferences, personColumn } from '../../../../shared/database/followed-references';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput, Stale } from '../../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { compare } from '../../domain/persons/person.matching';
import { rules } from '../../domain/persons/person.refusals';
import { PersonSystemService } from '../case/person-system.service';
import { RepresentationService } from '../circle/representation.service';
import { DuplicateCandidateRepository } from './duplicate-candidate.repository';
import { PersonRepository } from './person.repository';

const REQUESTS = personColumn('cases.case_request');
const REPRESENTATIONS = ['person_id', 'representative_id'].map((column) =>
  personColumn('cases.representation', {
    column,
    // Nobody represents themselves: such a record stays where it is.
    may: (to) => `${to} not in (t.person_id, t.representative_id)`,
  }),
);

/** Merges duplicate persons, and takes merges back (CASE-1). Other modules follow by event. */
@Injectable()
export class PersonMergeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly persons: PersonRepository,
    private readonly personSystem: PersonSystemService,
    private readonly candidates: DuplicateCandidateRepository,
    private readonly followed: FollowedReferences,
    private readonly representations: RepresentationService,
  ) {}

  /** Both records are locked, so that a request recorded meanwhile for the duplicate follows as well. */
  merge(
    id: string,
    { survivorId, reason }: { survivorId: string; reason: string },
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.persons.lockBoth(id, survivorId);
      const duplicate = await this.persons.get(id, expected);
      const survivor = survivorId === id ? duplicate : await this.persons.get(survivorId);
      duplicate.mergeInto(survivor, reason, stampBy(this.clock));
      const { mergeId } = duplicate.requireMerge();
      // The duplicate first: it gives up the account (portalSubject) that the survivor may take over.
      await this.persons.keep(duplicate);
      await this.persons.keep(survivor);
      this.candidates.merged(duplicate.id, mergeId);
      const merge: FollowedMerge = { mergeId, merged: id, survivor: survivorId };
      for (const place of [REQUESTS, ...REPRESENTATIONS]) await this.followed.follow(place, merge);
      const receipt = Receipt.of(duplicate);
      await this.representations.refresh(id, survivorId);
      return receipt;
    });
  }

  /** Separates the two again. Requests recorded for the survivor since the merge stay there, except those named. */
  unmerge(
    id: string,
    { reason, requestIds }: { reason: string; requestIds?: string[] },
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const { survivorId } = (await this.persons.get(id, expected)).requireMerge();
      await this.persons.lockBoth(id, survivorId);
      const separated = await this.persons.get(id, expected);
      const { mergeId, survivorId: now } = separated.requireMerge();
      if (now !== survivorId) throw new Stale('person');
      const survivor = await this.persons.get(survivorId);
      const others = (await this.persons.mergedInto(survivorId)).filter((other) => other.id !== id);
      const [stamp, account] = [stampBy(this.clock), survivor.portalSubject];
      const merge: FollowedMerge = { mergeId, merged: id, survivor: survivorId };
      const caseIds = survivor.mergedInto === null ? await this.requestsBack(merge, requestIds) : [];
      const kept = separated.unmergeFrom(survivor, others, { reason, caseIds }, stamp);
      await this.persons.requireOwnAccount(separated, survivor);
      // The survivor first: it gives up the account that the separated person takes with it.
      for (const person of [survivor, separated, ...others]) await this.persons.keep(person);
      if (survivor.portalSubject !== account)
        await this.personSystem.accountChanged(survivorId, survivor.portalSubject);
      for (const place of REPRESENTATIONS) await this.followed.back(place, merge);
      const pair = { personId: id, survivorId, mergeId };
      await this.candidates.unmerged(pair, compare(separated, survivor), { reason, ...stamp });
      const receipt = Receipt.of(separated, kept.length > 0 ? [changedSince(kept)] : []);
      await this.representations.refresh(id, survivorId);
      return receipt;
    });
  }

  /** The requests that had followed go back, and those chosen of the ones recorded since. Answers their cases. */
  private async requestsBack(merge: FollowedMerge, chosen: readonly string[] | undefined): Promise<string[]> {
    const since = await this.requestsSince(merge);
    if (!chosen && since.length > 0)
      throw rules.broken('requests-since-merge', { personId: merge.survivor, requestIds: since });
    const faults = (chosen ?? []).flatMap((id, i) => (since.includes(id.toLowerCase()) ? [] : [notSince(i)]));
    if (faults.length > 0) throw new InvalidInput(faults);
    const back = await this.followed.back(REQUESTS, merge);
    const rows = await this.uow.query<{ case_id: string | null }>(
      `with given as (update cases.case_request set person_id = $3, version = version + 1
         where tenant_id = $1 and id = any($4::uuid[]) and person_id = $5 returning case_id)
       select case_id from given
       union all select case_id from cases.case_request where tenant_id = $1 and id = any($2::uuid[])`,
      [context().tenantId, back, merge.merged, chosen ?? [], merge.survivor],
    );
    return rows.flatMap(({ case_id }) => case_id ?? []);
  }

  /** Requests recorded for the survivor since the merge; ids are made in the order of time. */
  private async requestsSince({ mergeId, survivor }: FollowedMerge): Promise<string[]> {
    const p = new Parameters();
    const rows = await this.uow.query<{ id: string }>(
      `select r.id from cases.case_request r
       where r.tenant_id = ${p.add(context().tenantId)} and r.person_id = ${p.add(survivor)} and r.id > ${p.add(mergeId)}
         and not ${this.followed.followed(REQUESTS, 'r.id', p.add)} order by r.id`,
      p.values,
    );
    return rows.map(({ id }) => id);
  }
}

const changedSince = (fields: readonly string[]): Warning => ({
  code: 'changed-since-merge',
  detail: {
    en: `The survivor keeps what was changed since the merge: ${fields.join(', ')}. Compare both records and correct them where needed.`,
    de: `Was seit der Zusammenführung geändert wurde, bleibt bei der verbleibenden Person: ${fields.join(', ')}. Vergleichen Sie beide Datensätze und berichtigen Sie sie, wo nötig.`,
  },
});

const notSince = (i: number) => ({
  pointer: `#/requestIds/${i}`,
  code: 'not-since-merge',
  detail: {
    en: 'This is no request that was recorded for the survivor since the merge; those that followed the merge go back by themselves.',
    de: 'Diese Anfrage wurde nicht seit der Zusammenführung für die verbleibende Person erfasst; was mit zusammengeführt wurde, geht von selbst zurück.',
  },
});
