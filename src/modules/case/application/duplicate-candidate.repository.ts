import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { DuplicateCandidate } from '../domain/duplicate-candidate.entity';
import type { Duplicate } from './person.duplicates';

@Injectable()
export class DuplicateCandidateRepository extends AggregateRepository<DuplicateCandidate> {
  protected readonly type = DuplicateCandidate;

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
  merged(personId: string): void {
    this.uow.write({
      sql: (add) => `
        update cases.duplicate_candidate set status = 'merged', version = version + 1
        where tenant_id = ${add(context().tenantId)} and status in ('open', 'vanished', 'dismissed')
          and (person_id = ${add(personId)} or other_id = ${add(personId)})`,
    });
  }
}
