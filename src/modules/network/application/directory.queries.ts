import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { addDays } from '../../../shared/domain/days';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';
import { STALE_AFTER_DAYS } from '../domain/service.entity';
import { nameKey, regionKey } from '../domain/words';

/** What a provider must fit to be listed. */
export type ProviderFilter = PageQuery & { q?: string; informal?: boolean };

/** What a service must fit to be found; filters add up. */
export type ServiceFilter = PageQuery & {
  q?: string;
  problemArea?: string;
  region?: string;
  language?: string;
  informal?: boolean;
  providerId?: string;
  status?: string;
};

const PROVIDER = `json_build_object('id', p.id, 'version', p.version, 'name', p.name, 'informal', p.informal,
  'informalKind', p.informal_kind, 'legalForm', p.legal_form, 'description', p.description, 'website', p.website,
  'identifiers', p.identifiers, 'contacts', p.contacts, 'locations', p.locations, 'payers', p.payers, 'changedAt', p.changed_at)`;

/** The service as answered; `stale` says that its capacity was not confirmed since the day `fresh`. */
const service = (fresh: string) => `json_build_object('id', s.id, 'version', s.version, 'providerId', s.provider_id,
  'providerName', p.name, 'informal', p.informal, 'name', s.name, 'description', s.description, 'status', s.status,
  'problemAreas', s.problem_areas, 'targetGroups', s.target_groups, 'eligibility', s.eligibility, 'languages', s.languages,
  'accessibility', s.accessibility, 'schedules', s.schedules, 'region', s.region, 'payer', s.payer,
  'priceCents', s.price_cents, 'priceUnit', s.price_unit,
  'capacity', json_build_object('freePlaces', s.free_places, 'waitingDays', s.waiting_days, 'confirmedOn', s.confirmed_on),
  'stale', s.confirmed_on is null or s.confirmed_on < ${fresh}::date, 'changedAt', s.changed_at)`;
const SERVICE_FROM =
  'from network.service s join network.provider p on p.tenant_id = s.tenant_id and p.id = s.provider_id';

/** Reads the directory (NET-1). It holds no personal data of clients, so its reads are not logged. */
@Injectable()
export class DirectoryQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  provider(id: string): Promise<Resource> {
    return this.one(
      'provider',
      id,
      `select ${PROVIDER}::text as json, p.version from network.provider p where p.tenant_id = $1 and p.id = $2`,
    );
  }

  providers(query: ProviderFilter): Promise<Page> {
    const { q, informal } = query;
    const p = new Parameters();
    const where = [`p.tenant_id = ${p.add(context().tenantId)}`];
    if (q !== undefined) where.push(`strpos(p.name_key, ${p.add(nameKey(q))}) > 0`);
    if (informal !== undefined) where.push(`p.informal = ${p.add(informal)}`);
    return this.pages.read(
      {
        row: PROVIDER,
        sources: [`from network.provider p where ${where.join(' and ')}`],
        keys: [
          { column: 'p.name_key', type: 'text' },
          { column: 'p.id', type: 'uuid' },
        ],
        descending: false,
        filter: { list: 'providers', q, informal },
        subject: null,
      },
      query,
      p,
    );
  }

  service(id: string): Promise<Resource> {
    return this.one(
      'service',
      id,
      `select ${service('$3')}::text as json, s.version ${SERVICE_FROM} where s.tenant_id = $1 and s.id = $2`,
      this.fresh(),
    );
  }

  services(query: ServiceFilter): Promise<Page> {
    const { q, problemArea, region, language, informal, providerId, status } = query;
    const p = new Parameters();
    const where = [`s.tenant_id = ${p.add(context().tenantId)}`];
    const tenant = () => p.add(context().tenantId);
    if (q !== undefined)
      where.push(`s.id in (select network.services_with_words(${tenant()}, ${p.add(prefixQuery(q))}))`);
    if (problemArea !== undefined)
      where.push(`s.id in (select network.services_for_area(${tenant()}, ${p.add(problemArea)}))`);
    if (region !== undefined) where.push(`s.region_key = ${p.add(regionKey(region))}`);
    if (language !== undefined) where.push(`${p.add(language)} = any(s.languages)`);
    if (informal !== undefined) where.push(`p.informal = ${p.add(informal)}`);
    if (providerId !== undefined) where.push(`s.provider_id = ${p.add(providerId)}`);
    where.push(`s.status = ${p.add(status ?? 'active')}`);
    return this.pages.read(
      {
        row: service(p.add(this.fresh())),
        sources: [`${SERVICE_FROM} where ${where.join(' and ')}`],
        keys: [
          { column: 's.name_key', type: 'text' },
          { column: 's.id', type: 'uuid' },
        ],
        descending: false,
        filter: { list: 'services', q, problemArea, region, language, informal, providerId, status },
        subject: null,
      },
      query,
      p,
    );
  }

  private async one(what: string, id: string, sql: string, ...more: unknown[]): Promise<Resource> {
    const found = await this.uow.one<{ json: string; version: number }>(sql, [context().tenantId, id, ...more]);
    if (!found) throw new NotFound(what, id);
    return new Resource(found.json, found.version, null);
  }

  /** The first day on which a confirmation still counts as fresh. */
  private fresh(): string {
    return addDays(this.clock.today(), -STALE_AFTER_DAYS);
  }
}

/** All words of the text must occur, each as the beginning of a word: `debt adv` finds "Debt advice". */
const prefixQuery = (text: string): string =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `${word}:*`).join(' & ');
