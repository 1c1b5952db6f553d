import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../shared/auth/case-access';
import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { Answer, Resource } from '../../../shared/http/answer';
import { ConsentReader } from '../../consent';
import { CATEGORY_OF, LINK_PURPOSE, type PartOpening, SHARED_PARTS, type SharedPart } from '../domain/case-link.values';
import { CaseReader } from './case.reader';

/** A part of the other case and whether the asker's side may read it now; `why` says what is missing. */
export type PartState = { part: SharedPart; open: boolean; why: string | null };
/** A case at the other end of a link. Phase and responsible are told once both sides have agreed. */
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
type Row = Omit<LinkedCase, 'parts'> & { sharedParts: SharedPart[]; openings: PartOpening[]; ownResponsible: string };

/** Reads links and what they let the other side see (CASE-11). */
@Injectable()
export class CaseLinkQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const [found] = await this.uow.query<{ j: string; version: number; case_id: string }>(
      `select json_build_object('id', l.id, 'version', l.version, 'caseId', l.case_id, 'otherCaseId', l.other_case_id, 'kind', l.kind,
         'reason', l.reason, 'status', l.status, 'steps', l.steps, 'openings', l.openings,
         'sharedParts', (select json_agg(json_build_object('caseId', s.key, 'parts', s.value)) from jsonb_each(l.shared_parts) s))::text as j,
         l.version, l.case_id
       from cases.case_link l where l.tenant_id = ${tenant} and l.id = ${p.add(id)}
         and (${this.access.visible('l.case_id', p.add)} or ${this.access.visible('l.other_case_id', p.add)})`,
      p.values,
    );
    if (!found) throw new NotFound('case link', id);
    return new Resource(found.j, found.version, {
      resourceType: 'case_link',
      resourceIds: [id],
      caseId: found.case_id,
    });
  }

  /** The linked cases of a case, with what is open to its side: agreed there, opened, and covered by consent today. */
  linkedCases(caseId: string): Promise<Answer<{ data: LinkedCase[] }>> {
    return this.uow.run(async () => {
      await this.cases.require(caseId);
      const data: LinkedCase[] = [];
      for (const { sharedParts, openings, ownResponsible, ...linked } of await this.rowsOf(caseId)) {
        const parts: PartState[] = [];
        for (const part of SHARED_PARTS)
          parts.push(await this.stateOf(part, linked, sharedParts, openings, ownResponsible));
        data.push({ ...linked, parts });
      }
      return new Answer(
        { data },
        { resourceType: 'linked_case', resourceIds: [caseId, ...data.map((l) => l.caseId)], caseId },
      );
    });
  }

  private async stateOf(
    part: SharedPart,
    { status, caseId }: Pick<LinkedCase, 'status' | 'caseId'>,
    sharedParts: readonly SharedPart[],
    openings: readonly PartOpening[],
    reader: string,
  ): Promise<PartState> {
    const closed = (why: string): PartState => ({ part, open: false, why });
    if (status !== 'agreed') return closed('link-not-agreed');
    if (!sharedParts.includes(part)) return closed('part-not-shared');
    const opened = openings.some(
      (o) => o.caseId === caseId && o.part === part && o.recipient === reader && o.closedAt === null,
    );
    const recipient = { kind: 'person', id: reader } as const;
    const verdict = await this.consents.look({
      caseId,
      recipient,
      categories: [CATEGORY_OF[part]],
      purpose: LINK_PURPOSE,
    });
    if (!verdict.allowed) return closed('consent-required');
    return opened ? { part, open: true, why: null } : closed('part-not-opened');
  }

  private rowsOf(caseId: string): Promise<Row[]> {
    return this.uow.query<Row>(
      `select l.id as "linkId", l.version, l.kind, l.status, l.reason, o.id as "caseId", c.responsible as "ownResponsible",
         case when l.status = 'agreed' then o.phase end as phase, case when l.status = 'agreed' then o.responsible end as responsible,
         l.shared_parts->(o.id::text) as "sharedParts", l.shared_parts->(c.id::text) as "ownSharedParts", l.openings
       from cases.case_link l
       join cases.case c on c.tenant_id = l.tenant_id and c.id = $2
       join cases.case o on o.tenant_id = l.tenant_id and o.id = case when l.case_id = $2 then l.other_case_id else l.case_id end
       where l.tenant_id = $1 and (l.case_id = $2 or l.other_case_id = $2) and l.status <> 'ended'
       order by l.id`,
      [context().tenantId, caseId],
    );
  }
}
