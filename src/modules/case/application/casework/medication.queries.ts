import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';

/** The name a member of staff is on record with; null for somebody without a staff record. */
const nameOf = (subject: string) =>
  `(select s.display_name from cases.staff_member s where s.tenant_id = m.tenant_id and s.subject = ${subject})`;
const WRITTEN = `'writtenBy', m.written_by, 'writtenByName', ${nameOf('m.written_by')}, 'writtenAt', m.written_at,
  'correctionReason', m.correction_reason`;
const NOTE = `'id', m.id, 'version', m.version, 'caseId', m.case_id, 'need', m.need, 'prescriber', m.prescriber,
  'storage', m.storage, 'disposal', m.disposal, 'mayAdminister', m.may_administer, 'since', m.since, 'until', m.until,
  ${WRITTEN}`;
const HANDOUT = `'id', m.id, 'version', m.version, 'caseId', m.case_id, 'noteId', m.note_id,
  'at', m.administered_at, 'administeredBy', m.administered_by, 'what', m.what, 'remark', m.remark, ${WRITTEN}`;
const EARLIER = `'earlier', (
  select coalesce(json_agg(e.version || jsonb_build_object('writtenByName', ${nameOf(`e.version->>'writtenBy'`)})
    order by e.position), '[]')
  from jsonb_array_elements(m.earlier) with ordinality as e(version, position))`;

/** Reads medication notes: for those who work on the case and for its client, for nobody else (CASE-14). */
@Injectable()
export class MedicationQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
  ) {}

  note(id: string): Promise<Resource> {
    return this.get('medication_note', NOTE, id);
  }

  handout(id: string): Promise<Resource> {
    return this.get('medication_handout', HANDOUT, id);
  }

  /** The notes of a case, the newest need first. */
  async notes(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: `json_build_object(${NOTE})::text`,
        sources: [
          `from cases.medication_note m where m.tenant_id = ${p.add(context().tenantId)} and m.case_id = ${p.add(caseId)}`,
        ],
        keys: [
          { column: 'm.since', type: 'date' },
          { column: 'm.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'medication-notes', caseId },
        subject: { type: 'medication_note', id: 'm.id' },
      },
      query,
      p,
    );
  }

  /** What was administered under a note, the latest first. */
  async handouts(noteId: string, query: PageQuery): Promise<Page> {
    const note = await this.uow.one<{ case_id: string }>(
      'select case_id from cases.medication_note where tenant_id = $1 and id = $2',
      [context().tenantId, noteId],
    );
    if (!note) throw new NotFound('medication note', noteId);
    await this.access.require(note.case_id);
    const p = new Parameters();
    return this.pages.read(
      {
        row: `json_build_object(${HANDOUT})::text`,
        sources: [
          `from cases.medication_handout m where m.tenant_id = ${p.add(context().tenantId)} and m.note_id = ${p.add(noteId)}`,
        ],
        keys: [
          { column: 'm.administered_at', type: 'timestamptz' },
          { column: 'm.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'medication-handouts', noteId },
        subject: { type: 'medication_handout', id: 'm.id' },
      },
      query,
      p,
    );
  }

  private async get(table: 'medication_note' | 'medication_handout', fields: string, id: string) {
    const p = new Parameters();
    const row = await this.uow.one<{ json: string; version: number; case_id: string }>(
      `select m.version, m.case_id, json_build_object(${fields}, ${EARLIER})::text as json from cases.${table} m
       where m.tenant_id = ${p.add(context().tenantId)} and m.id = ${p.add(id)}
         and ${this.access.visible('m.case_id', p.add)}`,
      p.values,
    );
    if (!row) throw new NotFound(table.replace('_', ' '), id);
    return new Resource(row.json, row.version, { resourceType: table, resourceIds: [id], caseId: row.case_id });
  }
}
