import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Answer, type Warning } from '../../../../shared/http/answer';
import { FAMILY_KINDS } from '../../domain/circle/person-relation.words';
import type { LinkKind } from '../../domain/steering/case-link.values';
import { CaseReader } from '../case/case.reader';
import { holdsOn, records, survivor } from '../circle/circle.sql';

/** An open case that the user sees, of somebody of the same family or household. */
export type RelatedCase = {
  caseId: string;
  personId: string;
  kinds: LinkKind[];
  status: string;
  responsible: string;
};
/** Of whom cases are looked for: a person, and those whom a case has in its person system. */
type Sought = { personId: string; caseId: string | null };

/** Roles of the person system that make somebody family or household of the client. */
const FAMILY_ROLES = ['partner', 'child', 'parent', 'sibling', 'grandparent', 'other_relative', 'household_member'];
const MOST = 50;
const MOST_WARNED = 5;

/** Points out cases that may have to be steered together (CASE-11): of the same family or household today. */
@Injectable()
export class RelatedCases {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly cases: CaseReader,
    private readonly clock: Clock,
  ) {}

  /** Those that are not linked to the case yet. */
  async suggestions(caseId: string): Promise<Answer<{ data: RelatedCase[] }>> {
    const { personId } = await this.cases.require(caseId);
    const data = await this.of({ personId, caseId });
    return new Answer(
      { data },
      { resourceType: 'case', resourceIds: [caseId, ...data.map((one) => one.caseId)], caseId },
    );
  }

  /** The same as a warning for a receipt; `known` is left out. */
  async warnings(sought: Sought, known: readonly string[] = []): Promise<Warning[]> {
    const found = (await this.of(sought)).filter(({ caseId }) => !known.includes(caseId)).slice(0, MOST_WARNED);
    if (found.length === 0) return [];
    const list = found.map(({ caseId, kinds }) => `${caseId} (${kinds.join(', ')})`).join('; ');
    const detail = {
      en: `Somebody of the same family or household has a case: ${list}. Where the cases are to be steered together, propose to link them (POST /v1/cases/{id}/links).`,
      de: `Jemand aus derselben Familie oder demselben Haushalt hat einen Fall: ${list}. Sollen die Fälle gemeinsam gesteuert werden, schlagen Sie die Verknüpfung vor (POST /v1/cases/{id}/links).`,
    };
    return [{ code: 'related-case', detail }];
  }

  /** One statement. */
  private of({ personId, caseId }: Sought): Promise<RelatedCase[]> {
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const today = `${p.add(this.clock.today())}::date`;
    const mine = records(`${p.add(personId)}::uuid`, p.add);
    const family = `r.kind = any(${p.add(FAMILY_KINDS)}::text[]) and ${holdsOn('r', today)}`;
    const near = [
      `select r.other_id as id, 'family' as kind from cases.person_relation r
       where r.tenant_id = ${tenant} and r.person_id = any(${mine}) and ${family}`,
      `select r.person_id, 'family' from cases.person_relation r
       where r.tenant_id = ${tenant} and r.other_id = any(${mine}) and ${family}`,
      `select m.person_id, 'household' from cases.household_member i
       join cases.household_member m on m.tenant_id = i.tenant_id and m.household_id = i.household_id and ${holdsOn('m', today)}
       where i.tenant_id = ${tenant} and i.person_id = any(${mine}) and ${holdsOn('i', today)}`,
    ];
    let unlinked = 'true';
    if (caseId !== null) {
      const id = p.add(caseId);
      near.push(
        `select (m->>'personId')::uuid, case when m->>'role' = 'household_member' then 'household' else 'family' end
         from cases.case k, jsonb_array_elements(k.members) m
         where k.tenant_id = ${tenant} and k.id = ${id} and m->>'removedAt' is null and m->>'role' = any(${p.add(FAMILY_ROLES)}::text[])`,
      );
      unlinked = `not exists (select 1 from cases.case_link l where l.tenant_id = ${tenant} and l.status <> 'ended'
        and ((l.case_id = ${id} and l.other_case_id = c.id) or (l.case_id = c.id and l.other_case_id = ${id})))`;
    }
    return this.uow.query<RelatedCase>(
      `select c.id as "caseId", c.person_id as "personId", array_agg(distinct n.kind order by n.kind) as kinds, c.status, c.responsible
       from (select ${survivor('id', p.add)} as id, kind from (${near.join(' union ')}) around) n
       join cases.case c on c.tenant_id = ${tenant} and c.person_id = n.id
       where c.status <> 'closed' and c.person_id <> all(${mine}) and ${this.access.condition('c', 'c.id', p.add)} and ${unlinked}
       group by c.id, c.person_id, c.status, c.responsible order by c.id limit ${MOST}`,
      p.values,
    );
  }
}
