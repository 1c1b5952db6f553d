import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { instant } from '../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which texts are wanted. */
export type ConsentTextFilter = PageQuery & { kind?: string; purpose?: string; language?: string; inUse?: boolean };

const ROW = `json_build_object('id', t.id, 'version', t.version, 'kind', t.kind, 'purpose', t.purpose, 'language', t.language,
  'textVersion', t.text_version, 'text', t.text, 'sha256', t.sha256, 'publishedBy', t.published_by,
  'publishedAt', ${instant('t.published_at')}, 'retiredBy', t.retired_by, 'retiredAt', ${instant('t.retired_at')})`;

/** Reads the consent texts of the organisation; they hold no personal data. */
@Injectable()
export class ConsentTextQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async byId(id: string): Promise<Resource> {
    const found = await this.uow.one<{ j: string; version: number }>(
      `select ${ROW}::text as j, t.version from consent.consent_text t where t.tenant_id = $1 and t.id = $2`,
      [context().tenantId, id],
    );
    if (!found) throw new NotFound('consent text', id);
    return new Resource(found.j, found.version, null);
  }

  list({ kind, purpose, language, inUse, ...query }: ConsentTextFilter): Promise<Page> {
    const p = new Parameters();
    const conditions = [`t.tenant_id = ${p.add(context().tenantId)}`];
    if (kind) conditions.push(`t.kind = ${p.add(kind)}`);
    if (purpose) conditions.push(`t.purpose = ${p.add(purpose)}`);
    if (language) conditions.push(`t.language = ${p.add(language)}`);
    if (inUse !== undefined) conditions.push(`t.retired_at is ${inUse ? '' : 'not'} null`);
    return this.pages.read(
      {
        row: ROW,
        sources: [`from consent.consent_text t where ${conditions.join(' and ')}`],
        keys: [{ column: 't.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'consent-texts', kind, purpose, language, inUse },
        subject: null,
      },
      query,
      p,
    );
  }
}
