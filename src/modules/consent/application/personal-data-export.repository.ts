import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { PersonalDataExport } from '../domain/personal-data-export.entity';

/** Minutes that one who works on an export has before another may take it up. */
const CLAIMED_MINUTES = 10;

/** One file of a copy of personal data, sealed under the key of the person it is about. */
export type ExportFile = { kind: 'json' | 'pdf_en' | 'pdf_de'; sealed: Buffer };

@Injectable()
export class PersonalDataExportRepository extends AggregateRepository<PersonalDataExport> {
  protected readonly type = PersonalDataExport;

  /** Whether a copy was made for the request, kept still or not. */
  async madeFor(subjectRequestId: string): Promise<boolean> {
    const rows = await this.uow.query(
      `select 1 from consent.personal_data_export where tenant_id = $1 and subject_request_id = $2 and ready_at is not null limit 1`,
      [context().tenantId, subjectRequestId],
    );
    return rows.length > 0;
  }

  /** Those that wait and that nobody works on, or not any more. */
  async waiting(now: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.personal_data_export
       where tenant_id = $1 and status = 'waiting' and (claimed_until is null or claimed_until < $2) order by id`,
      [context().tenantId, now],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes an export up, unless somebody else has; answers the how manieth try it is. A version is no part of it. */
  async claim(id: string, now: string): Promise<number | null> {
    const until = new Date(Date.parse(now) + CLAIMED_MINUTES * 60_000).toISOString();
    const [row] = await this.uow.query<{ tries: number }>(
      `update consent.personal_data_export set claimed_until = $3, tries = tries + 1
       where tenant_id = $1 and id = $2 and status = 'waiting' and (claimed_until is null or claimed_until < $4) returning tries`,
      [context().tenantId, id, until, now],
    );
    return row?.tries ?? null;
  }

  /** Those whose files are past their time. */
  async pastTime(now: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.personal_data_export where tenant_id = $1 and status = 'ready' and expires_at <= $2 order by id`,
      [context().tenantId, now],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * What the person's record speaks of has changed: files made of it go at once, and what is being made is made anew. Two
   * statements: the second sees what was finished while the first waited.
   */
  async recall(personId: string): Promise<void> {
    const { tenantId } = context();
    const rows = await this.uow.query<{ id: string }>(
      `update consent.personal_data_export set version = version + 1, claimed_until = null,
         status = case status when 'ready' then 'expired' else status end
       where tenant_id = $1 and person_id = $2 and status in ('waiting', 'ready') returning id`,
      [tenantId, personId],
    );
    await this.uow.query(
      'delete from consent.personal_data_export_file where tenant_id = $1 and export_id = any($2::uuid[])',
      [tenantId, rows.map(({ id }) => id)],
    );
  }

  addFile({ id, personId }: PersonalDataExport, { kind, sealed }: ExportFile): void {
    this.uow.write({
      sql: (add) => `
        insert into consent.personal_data_export_file (tenant_id, export_id, kind, person_id, sealed)
        values (${add(context().tenantId)}, ${add(id)}, ${add(kind)}, ${add(personId)}, ${add(sealed)})`,
    });
  }

  async file(id: string, kind: ExportFile['kind']): Promise<Buffer | null> {
    const [row] = await this.uow.query<{ sealed: Buffer }>(
      'select sealed from consent.personal_data_export_file where tenant_id = $1 and export_id = $2 and kind = $3',
      [context().tenantId, id, kind],
    );
    return row?.sealed ?? null;
  }

  dropFiles(id: string): void {
    this.uow.write({
      sql: (add) => `
        delete from consent.personal_data_export_file where tenant_id = ${add(context().tenantId)} and export_id = ${add(id)}`,
    });
  }
}
