import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { staffOnly } from '../case/staff-only';

const FIELDS = `'id', j.id, 'version', j.version, 'caseId', j.case_id, 'kind', j.kind, 'function', j.served_function,
  'participants', j.participants, 'minutes', j.minutes, 'costCents', j.cost_cents, 'on', j.happened_on, 'text', j.text,
  'sharedWithClient', j.shared_with_client, 'sharedInSteering', j.shared_in_steering, 'guestId', j.guest_id, 'writtenBy', j.written_by, 'writtenAt', j.written_at,
  'correctionReason', j.correction_reason`;

/** Reads the journal. The client of the case sees what is shared with them, also among earlier versions. */
@Injectable()
export class JournalEntryQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const staff = staffOnly('j.case_id', p.add);
    const row = await this.uow.one<{ json: string; version: number; case_id: string }>(
      `select j.version, j.case_id, json_build_object(${FIELDS}, 'earlier', (
         select coalesce(json_agg(e.version order by e.position), '[]')
         from jsonb_array_elements(j.earlier) with ordinality as e(version, position)
         where ${staff} or (e.version->>'sharedWithClient')::boolean))::text as json
       from cases.journal_entry j where j.tenant_id = ${p.add(context().tenantId)} and j.id = ${p.add(id)}
         and ${this.access.visible('j.case_id', p.add)} and (j.shared_with_client or ${staff})`,
      p.values,
    );
    if (!row) throw new NotFound('journal entry', id);
    return new Resource(row.json, row.version, {
      resourceType: 'journal_entry',
      resourceIds: [id],
      caseId: row.case_id,
    });
  }

  /** The journal of a case, the latest activity first. */
  async list(caseId: string, query: PageQuery & { kind?: string }): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    const conditions = [`j.tenant_id = ${p.add(context().tenantId)}`, `j.case_id = ${p.add(caseId)}`];
    if (query.kind !== undefined) conditions.push(`j.kind = ${p.add(query.kind)}`);
    conditions.push(`(j.shared_with_client or ${staffOnly('j.case_id', p.add)})`);
    return this.pages.read(
      {
        row: `json_build_object(${FIELDS})::text`,
        sources: [`from cases.journal_entry j where ${conditions.join(' and ')}`],
        keys: [
          { column: 'j.happened_on', type: 'date' },
          { column: 'j.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'journal-entries', caseId, kind: query.kind },
        subject: { type: 'journal_entry', id: 'j.id' },
      },
      query,
      p,
    );
  }
}
