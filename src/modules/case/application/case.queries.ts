import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import type { Relationship } from '../../../shared/auth/policies';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { type Page, Resource } from '../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../shared/http/page';

/** Which cases a list shows, of those the user may see. */
export type CaseFilter = PageQuery & {
  phase?: string;
  status?: string;
  /** `me`, or a subject. */
  responsible?: string;
  /** `me`, or a subject. */
  deputy?: string;
  team?: string;
  fieldOfPractice?: string;
  /** By opening; latest first unless said otherwise. */
  sort?: 'latest' | 'oldest';
};

const ROW = `'id', c.id, 'personId', c.person_id, 'phase', c.phase, 'status', c.status, 'fieldOfPractice', c.field_of_practice,
  'responsible', c.responsible, 'deputy', c.deputy, 'team', c.team, 'intensity', c.intensity, 'openedAt', c.opened_at, 'agreedOn', c.agreed_on`;
const view = (responsibilities: string) => `json_build_object(${ROW}, 'version', c.version, 'requestId', c.request_id,
  'agreements', c.agreements, 'phases', c.phases, 'milestones', c.milestones, 'runningMeasures', c.running_measures,
  'responsibilities', ${responsibilities}, 'members', c.members, 'informedParties', c.informed_parties,
  'protected', c.protection is not null, 'suspension', c.suspension, 'closing', c.closing, 'closure', c.closure, 'reopenings', c.reopenings)::text`;
/** The client is not told why the caseload of the case manager was exceeded. */
const responsibilitiesFor = (client: string) =>
  `case when ${client} = any(c.clients) then (select jsonb_agg(r - 'overLimitReason' order by i)
    from jsonb_array_elements(c.responsibilities) with ordinality t(r, i)) else c.responsibilities end`;

/** Reads cases as JSON made by PostgreSQL. */
@Injectable()
export class CaseQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const { user, relationships } = context();
    const responsibilities = relationships.includes('own')
      ? responsibilitiesFor(p.add(user!.subject))
      : 'c.responsibilities';
    const [found] = await this.uow.query<{ j: string; version: number }>(
      `select ${view(responsibilities)} as j, c.version from cases.case c
       where c.tenant_id = ${p.add(context().tenantId)} and c.id = ${p.add(id)} and ${this.access.condition('c', 'c.id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('case', id);
    return new Resource(found.j, found.version, { resourceType: 'case', resourceIds: [id], caseId: id });
  }

  /** By opening, latest first unless asked otherwise. Every relationship of the user to cases is a source of its own: one index scan each. */
  list(query: CaseFilter): Promise<Page> {
    const { phase, status, team, fieldOfPractice, sort = 'latest' } = query;
    const { user, relationships, tenantId } = context();
    const subject = (given: string | undefined) => (given === 'me' ? user!.subject : given);
    const responsible = subject(query.responsible);
    const deputy = subject(query.deputy);
    const p = new Parameters();
    const tenant = p.add(tenantId);
    const wanted = Object.entries({ phase, status, responsible, deputy, team, field_of_practice: fieldOfPractice })
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) => ` and c.${column} = ${p.add(value)}`)
      .join('');
    // Whoever sees all needs no other source.
    const ways: readonly Relationship[] = relationships.includes('organisation') ? ['organisation'] : relationships;
    const conditions = ways.flatMap((relationship): string[] => {
      switch (relationship) {
        case 'organisation':
          return ['true'];
        case 'assigned':
          return [`c.responsible = ${p.add(user!.subject)}`, `c.deputy = ${p.add(user!.subject)}`];
        case 'team':
          return user!.teams.map((team) => `c.team = ${p.add(team)}`);
        case 'own': {
          const me = p.add(user!.subject);
          // Found by person, because an index on the array would not be used under row-level security.
          return [
            `${me} = any(c.clients) and c.person_id = (select p.id from cases.person p
              where p.tenant_id = ${tenant} and p.portal_subject = ${me} and p.merged_into is null)`,
          ];
        }
        case 'addressed':
          return [];
      }
    });
    // For whom the user stands in, a few people at most.
    if (ways.includes('assigned') || ways.includes('team'))
      conditions.push(
        `c.id = any(cases.stood_in_for(${tenant}, ${p.add(user!.subject)}, ${p.add(this.clock.today())}::date))`,
      );
    const emergency = this.access.emergencyCases(p.add);
    if (emergency) conditions.push(`c.id = any(${emergency})`);
    return this.pages.read(
      {
        row: `json_build_object(${ROW})::text`,
        alias: 'c',
        sources: (conditions.length > 0 ? conditions : ['false']).map(
          (condition) => `from cases.case c where c.tenant_id = ${tenant} and ${condition}${wanted}`,
        ),
        keys: [
          { column: 'c.opened_at', type: 'timestamptz' },
          { column: 'c.id', type: 'uuid' },
        ],
        descending: sort === 'latest',
        filter: { phase, status, responsible, deputy, team, fieldOfPractice, sort },
        subject: { type: 'case', id: 'c.id' },
      },
      query,
      p,
    );
  }
}
