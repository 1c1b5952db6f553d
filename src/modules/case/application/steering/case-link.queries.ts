import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { freeCase, freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Resource } from '../../../../shared/http/answer';
import { ConsentConditions, ConsentReader } from '../../../consent';
import {
  CATEGORY_OF,
  LINK_PURPOSE,
  type PartOpening,
  SHARED_PARTS,
  type SharedPart,
} from '../../domain/steering/case-link.values';
import { CaseReader } from '../case/case.reader';

/** A part of the other case and whether the asker's side may read it now; `why` says what is missing. */
export type PartState = { part: SharedPart; open: boolean; why: string | null };
/** A case at the other end of a link. Phase and responsible are told once both sides have agreed, and not to clients. */
export type LinkedCase = {
  linkId: string;
  version: number;
  caseId: string;
  kind: string;
  status: string;
  reason: string;
  /** What the asker's own side shares. */
  ownSharedParts: SharedPart[];
  phase: string | null;
  responsible: string | null;
  parts: PartState[];
};
type Row = {
  linked: Omit<LinkedCase, 'parts'>;
  sharedParts: readonly SharedPart[];
  openings: readonly PartOpening[];
  /** Whose person the linked case is about. */
  personId: string;
  ownResponsible: string;
  /** One of the two cases is closed. */
  closed: boolean;
};

/** Reads links and what they let the other side see (CASE-11). */
@Injectable()
export class CaseLinkQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
    private readonly conditions: ConsentConditions,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const found = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select json_build_object('id', l.id, 'version', l.version, 'caseId', l.case_id, 'otherCaseId', l.other_case_id, 'kind', l.kind,
         'reason', l.reason, 'status', l.status, 'steps', l.steps, 'openings', ${this.known(p)},
         'sharedParts', (select json_agg(json_build_object('caseId', s.key, 'parts', s.value)) from jsonb_each(l.shared_parts) s))::text as j,
         l.version, l.case_id
       from cases.case_link l where l.tenant_id = ${tenant} and l.id = ${p.add(id)}
         and (${this.access.visible('l.case_id', p.add)} and ${freeCase('l.other_case_id', p.add)}
           or ${this.access.visible('l.other_case_id', p.add)} and ${freeCase('l.case_id', p.add)})`,
      p.values,
    );
    if (!found) throw new NotFound('case link', id);
    return new Resource(found.j, found.version, {
      resourceType: 'case_link',
      resourceIds: [id],
      caseId: found.case_id,
    });
  }

  /**
   * Clients see what was opened of their own case, and not what was opened on an exception that they were not told of yet
   * (CONS-4).
   */
  private known(p: Parameters): string {
    const sides = ['l.case_id', 'l.other_case_id'].map((side) => this.access.readsAsClient(side, p.add));
    const client = sides.every((side) => side === 'false') ? 'false' : `(${sides.join(' or ')})`;
    if (client === 'false') return 'l.openings';
    const own = `(select coalesce(jsonb_agg(o order by n), '[]') from jsonb_array_elements(l.openings) with ordinality as opened(o, n)
      where not ${client} or ${this.access.readsAsClient(`(o->>'caseId')::uuid`, p.add)})`;
    return this.conditions.known(own, client, `(select (entry->>'consentId')::uuid as id)`, p.add);
  }

  /** The linked cases of a case, with what is open to its side: agreed there, opened, and covered by consent today. */
  linkedCases(caseId: string): Promise<Answer<{ data: LinkedCase[] }>> {
    return this.uow.run(async () => {
      const staff = this.access.allows({ ...(await this.cases.require(caseId)), clients: [] });
      const data: LinkedCase[] = [];
      for (const row of await this.rowsOf(caseId)) {
        const parts: PartState[] = [];
        for (const part of SHARED_PARTS) {
          const why = await this.against(part, row);
          parts.push({ part, open: why === null, why });
        }
        // How it stands with somebody else is not for the client.
        const { linked } = row;
        data.push(staff ? { ...linked, parts } : { ...linked, phase: null, responsible: null, parts });
      }
      return new Answer(
        { data },
        { resourceType: 'linked_case', resourceIds: [caseId, ...data.map((l) => l.caseId)], caseId },
      );
    });
  }

  /** What stands against reading the part now, the same as `LinkedCaseReader.require` asks; null when nothing does. */
  private async against(part: SharedPart, row: Row): Promise<string | null> {
    const { linked, sharedParts, openings, personId, ownResponsible, closed } = row;
    const { caseId, status } = linked;
    if (status !== 'agreed') return 'link-not-agreed';
    if (closed) return 'case-closed';
    if (!sharedParts.includes(part)) return 'part-not-shared';
    const opening = openings.find(
      (o) => o.caseId === caseId && o.part === part && o.recipient === ownResponsible && o.closedAt === null,
    );
    const { allowed } = await this.consents.look({
      caseId,
      recipient: { kind: 'person', id: ownResponsible },
      categories: [CATEGORY_OF[part]],
      purpose: LINK_PURPOSE,
      personId,
      consentId: opening?.consentId,
    });
    if (!allowed || !(await this.consents.participation(caseId, personId))) return 'consent-required';
    return opening ? null : 'part-not-opened';
  }

  private rowsOf(caseId: string): Promise<Row[]> {
    const p = new Parameters();
    p.values.push(context().tenantId, caseId);
    return this.uow.query<Row>(
      `select json_build_object('linkId', l.id, 'version', l.version, 'caseId', o.id, 'kind', l.kind, 'status', l.status,
           'reason', l.reason, 'ownSharedParts', l.shared_parts->(c.id::text),
           'phase', case when l.status = 'agreed' then o.phase end,
           'responsible', case when l.status = 'agreed' then o.responsible end) as linked,
         l.shared_parts->(o.id::text) as "sharedParts", l.openings, o.person_id as "personId",
         c.responsible as "ownResponsible", 'closed' in (c.status, o.status) as closed
       from cases.case_link l
       join cases.case c on c.tenant_id = l.tenant_id and c.id = $2
       join cases.case o on o.tenant_id = l.tenant_id and o.id = case when l.case_id = $2 then l.other_case_id else l.case_id end
       where l.tenant_id = $1 and (l.case_id = $2 or l.other_case_id = $2) and l.status <> 'ended'
         and ${freePerson('o.person_id', p.add)}
       order by l.id`,
      p.values,
    );
  }
}
