import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import type { Relationship } from '../../../../shared/auth/policies';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { columnsOf, json, objectText, text, word, wordOrNull } from '../../../../shared/database/json-text';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { Pages } from '../../../../shared/http/page';
import { ConsentConditions } from '../../../consent';
import { type CaseFilter, listed, wantedCases } from './case-list';
import type { ClientName } from './client-name';

/** What a list and the case itself say. */
const CASE = {
  id: word('c.id'),
  personId: word('c.person_id'),
  phase: word('c.phase'),
  status: word('c.status'),
  fieldOfPractice: word('c.field_of_practice'),
  responsible: text('c.responsible'),
  deputy: text('c.deputy'),
  team: text('c.team'),
  intensity: json('c.intensity'),
  openedAt: text('c.opened_at'),
  agreedOn: wordOrNull('c.agreed_on'),
};
const COLUMNS = columnsOf(CASE);
const view = (responsibilities: string, informedParties: string) => `${COLUMNS}, c.version, c.request_id as "requestId",
  c.agreements, c.phases, c.milestones, c.running_measures as "runningMeasures", ${responsibilities} as responsibilities, c.members,
  ${informedParties} as "informedParties", c.protection is not null as protected, c.suspension, c.closing, c.closure, c.reopenings`;
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
    private readonly consents: ConsentConditions,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const { user, relationships } = context();
    const responsibilities = relationships.includes('own')
      ? responsibilitiesFor(p.add(user!.subject))
      : 'c.responsibilities';
    const client = this.access.readsAsClient('c.id', p.add);
    // CONS-4: clients do not see who was informed on an exception that they were not told of yet.
    const relied = `(select (entry->>'consentId')::uuid as id)`;
    const informed = this.consents.known('c.informed_parties', client, relied, p.add);
    const found = await this.uow.one<{ j: string; version: number }>(
      `select (select row_to_json(x)::text from (select ${view(responsibilities, informed)}) x) as j, c.version from cases.case c
       where c.tenant_id = ${p.add(context().tenantId)} and c.id = ${p.add(id)} and ${this.access.condition('c', 'c.id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('case', id);
    return new Resource(found.j, found.version, { resourceType: 'case', resourceIds: [id], caseId: id });
  }

  /**
   * By opening, latest first, or by what is due next. Every relationship of the user to cases is a source of its own: one
   * index scan each. By the client's name those few a case manager works on are asked for it; where teams are seen, the bearers of
   * the name are found and joined.
   */
  list({ limit, cursor, ...query }: CaseFilter, name?: ClientName): Promise<Page> {
    const { user, relationships, tenantId } = context();
    const subject = (given: string | undefined) => (given === 'me' ? user!.subject : given);
    const filter = { ...query, responsible: subject(query.responsible), deputy: subject(query.deputy) };
    const today = this.clock.today();
    const p = new Parameters();
    const tenant = p.add(tenantId);
    const { conditions: wanted, sort } = wantedCases(filter, today, p.add);
    const internal = sort === 'due' || query.flag !== undefined;
    // Whoever sees all needs no other source.
    const ways: readonly Relationship[] = relationships.includes('organisation') ? ['organisation'] : relationships;
    const seen = (relationship: Relationship): string[] => {
      switch (relationship) {
        case 'organisation':
          return ['true'];
        case 'assigned':
          return [`c.responsible = ${p.add(user!.subject)}`, `c.deputy = ${p.add(user!.subject)}`];
        case 'team':
          return name
            ? [`c.team = any(${p.add(user!.teams)}::text[])`]
            : user!.teams.map((team) => `c.team = ${p.add(team)}`);
        case 'own':
        case 'addressed':
          return [];
      }
    };
    const many: readonly Relationship[] = name ? ways.filter((way) => way === 'organisation' || way === 'team') : [];
    const ofOthers = ways.filter((way) => !many.includes(way)).flatMap(seen);
    // For whom the user stands in, a few people at most.
    if (ways.includes('assigned') || ways.includes('team'))
      ofOthers.push(
        `c.id = any(cases.stood_in_for(${tenant}, ${p.add(user!.subject)}, ${p.add(this.clock.today())}::date))`,
      );
    const emergency = this.access.emergencyCases(p.add);
    if (emergency) ofOthers.push(`c.id = any(${emergency})`);
    const free = () => freePerson('c.person_id', p.add);
    const called = () => (name ? ` and ${name.is('c.person_id', tenant, p.add)}` : '');
    const conditions = ofOthers.map((condition) => `${condition} and ${free()}${called()}`);
    const forClient = name || relationships.includes('own') ? `${p.add(user!.subject)} = any(c.clients)` : 'false';
    // What stands on the work list of the case manager is not for the client.
    if (ways.includes('own') && !internal && !name) {
      const me = p.add(user!.subject);
      // Found by person, because an index on the array would not be used under row-level security.
      conditions.push(`${me} = any(c.clients) and c.person_id = (select p.id from cases.person p
        where p.tenant_id = ${tenant} and p.portal_subject = ${me} and p.merged_into is null)`);
    }
    const sources = (conditions.length + many.length > 0 ? conditions : ['false']).map(
      (condition) => `from cases.case c where c.tenant_id = ${tenant} and ${condition}${wanted}`,
    );
    for (const condition of many.flatMap(seen))
      sources.push(`from ${name!.bearers(tenant, p.add)} n join cases.case c on c.tenant_id = ${tenant} and c.person_id = n.person_id
        where ${condition} and ${free()}${wanted}`);
    return this.pages.read(
      {
        row: objectText({ ...CASE, ...listed(forClient, today, p.add) }),
        alias: 'c',
        sources,
        keys: [
          sort === 'due'
            ? { column: 'c.next_due_on', type: 'date' as const }
            : { column: 'c.opened_at', type: 'timestamptz' as const },
          { column: 'c.id', type: 'uuid' as const },
        ],
        descending: sort === 'latest',
        filter: { ...filter, sort, name: name?.words },
        subject: { type: 'case', id: 'c.id' },
      },
      { limit, cursor },
      p,
    );
  }
}
