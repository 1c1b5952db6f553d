import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { CasePersons } from '../../../../shared/auth/case-persons';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { DuplicateCandidate } from '../../domain/persons/duplicate-candidate.entity';
import { type Match, scoreOf } from '../../domain/persons/person.matching';
import type { Duplicate } from './person.duplicates';

/** The border from which pairs are put down. */
const LEAST_SCORE = 50;

/** Pairs of persons that may be one; the job and merges change many at once, past the aggregate. */
@Injectable()
export class DuplicateCandidateRepository extends AggregateRepository<DuplicateCandidate> {
  protected readonly type = DuplicateCandidate;

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly persons: CasePersons,
  ) {
    super(uow, dataSource);
  }

  /** The pair; null as well where processing for one of the two is restricted (GDPR 18). */
  override async find(id: string): Promise<DuplicateCandidate | null> {
    const pair = await super.find(id);
    for (const personId of pair ? [pair.personId, pair.otherId] : [])
      if (await this.persons.restricts(personId)) return null;
    return pair;
  }

  /**
   * What the comparison of a person with all others gave: new pairs are put down, known ones brought up to date, and
   * those no longer alike vanish. What people decided stays.
   */
  found(personId: string, duplicates: readonly Duplicate[], at: string): void {
    const { tenantId } = context();
    const others = duplicates.map((duplicate) => duplicate.personId);
    this.uow.write({
      sql: (add) => `
        update cases.duplicate_candidate set status = 'vanished', version = version + 1
        where tenant_id = ${add(tenantId)} and status = 'open'
          and ((person_id = ${add(personId)} and other_id <> all(${add(others)}::uuid[]))
            or (other_id = ${add(personId)} and person_id <> all(${add(others)}::uuid[])))`,
    });
    if (duplicates.length === 0) return;
    const rows = duplicates.map(({ personId: other, score, reasons }) => {
      const [person_id, other_id] = [personId, other].sort();
      return { id: uuidv7(), person_id, other_id, score, reasons };
    });
    this.uow.write({
      sql: (add) => `
        insert into cases.duplicate_candidate as d (tenant_id, id, version, person_id, other_id, score, reasons, status, found_at)
        select ${add(tenantId)}::uuid, id, 1, person_id, other_id, score, reasons, 'open', ${add(at)}::timestamptz
        from json_to_recordset(${add(JSON.stringify(rows))}::json) r(id uuid, person_id uuid, other_id uuid, score int, reasons text[])
        on conflict (tenant_id, person_id, other_id) do update
          set score = excluded.score, reasons = excluded.reasons, status = 'open', version = d.version + 1
          where d.status = 'vanished' or (d.status = 'open' and (d.score, d.reasons) is distinct from (excluded.score, excluded.reasons))`,
    });
  }

  /** A person was merged: its pairs are decided; what is alike the survivor is found anew. */
  merged(personId: string, mergeId: string): void {
    this.uow.write({
      sql: (add) => `
        update cases.duplicate_candidate
        set status = 'merged', before_merge = status, merge_id = ${add(mergeId)}::uuid, version = version + 1
        where tenant_id = ${add(context().tenantId)} and status in ('open', 'vanished', 'dismissed')
          and (person_id = ${add(personId)} or other_id = ${add(personId)})`,
    });
  }

  /**
   * A merge was taken back: its pairs are what they were before, unless the other one was merged as well. The two
   * themselves were told apart by it, and are not proposed again. Needs `uow.lock()`.
   */
  async unmerged(
    { personId, survivorId, mergeId }: { personId: string; survivorId: string; mergeId: string },
    match: Match,
    dismissal: { reason: string; by: string; at: string },
  ): Promise<void> {
    const { tenantId } = context();
    await this.uow.query(
      `update cases.duplicate_candidate d set version = d.version + 1,
         status = case when o.merged_into is null then d.before_merge else d.status end,
         merge_id = case when o.merged_into is null then null else (o.merge->>'id')::uuid end
       from cases.person o
       where d.tenant_id = $1 and d.merge_id = $2 and o.tenant_id = d.tenant_id
         and o.id = case when d.person_id = $3 then d.other_id else d.person_id end`,
      [tenantId, mergeId, personId],
    );
    await this.uow.query(
      `insert into cases.duplicate_candidate as d
         (tenant_id, id, version, person_id, other_id, score, reasons, status, dismissal, found_at)
       values ($1, $2, 1, least($3::uuid, $4), greatest($3::uuid, $4), $5, $6, 'dismissed', $7, $8)
       on conflict (tenant_id, person_id, other_id) do update
         set status = 'dismissed', dismissal = excluded.dismissal, version = d.version + 1`,
      [
        tenantId,
        uuidv7(),
        personId,
        survivorId,
        Math.max(LEAST_SCORE, scoreOf(match)),
        [...match.reasons],
        dismissal,
        dismissal.at,
      ],
    );
  }
}
