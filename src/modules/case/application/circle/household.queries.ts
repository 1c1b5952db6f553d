import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Resource } from '../../../../shared/http/answer';
import { PersonVault, type SealedPerson } from '../persons/person.vault';
import { holdsOn, knowable, named, records, requireKnown, sealedPerson, survivor } from './circle.sql';

type Row = SealedPerson & {
  household: { id: string; version: number };
  member: { validFrom: string | null; validUntil: string | null };
  current: boolean;
};
type MemberView = Row['member'] & { current: boolean; person: ReturnType<typeof named> };
type HouseholdView = Row['household'] & { members: MemberView[] };

/** Reads who lives together; members who may not be known to the user are left out. */
@Injectable()
export class HouseholdQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vault: PersonVault,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const [found] = await this.read((add) => `h.id = ${add(id)}`);
    if (!found) throw new NotFound('household', id);
    return new Resource(JSON.stringify(found), found.version, {
      resourceType: 'household',
      resourceIds: [id, ...personIds([found])],
      caseId: null,
    });
  }

  /** Where the person lives and lived, the latest household first. */
  async ofPerson(personId: string): Promise<Answer<{ data: HouseholdView[] }>> {
    await requireKnown(this.uow, personId);
    const data = await this.read(
      (add) => `h.id in (select m.household_id from cases.household_member m where m.tenant_id = h.tenant_id
        and m.person_id = any(${records(`${add(personId)}::uuid`, add)}) and m.revoked is null)`,
    );
    const resourceIds = [...new Set([personId, ...personIds(data)])];
    return new Answer({ data }, { resourceType: 'person', resourceIds, caseId: null });
  }

  private async read(condition: (add: Parameters['add']) => string): Promise<HouseholdView[]> {
    const p = new Parameters();
    const rows = await this.uow.query<Row>(
      `select ${sealedPerson('o')}, ${holdsOn('m', `${p.add(this.clock.today())}::date`)} as current,
         json_build_object('id', h.id, 'version', h.version) as household,
         json_build_object('validFrom', m.valid_from, 'validUntil', m.valid_until) as member
       from cases.household h
       join cases.household_member m on m.tenant_id = h.tenant_id and m.household_id = h.id and m.revoked is null
       join cases.person o on o.tenant_id = m.tenant_id and o.id = ${survivor('m.person_id', p.add)} and ${knowable('o', p.add)}
       where h.tenant_id = ${p.add(context().tenantId)} and ${condition(p.add)}
       order by h.id desc, current desc, m.id limit 1000`,
      p.values,
    );
    const found = new Map<string, HouseholdView>();
    const told = new Set<string>();
    for (const { household, member, current, ...person } of await this.vault.read(rows)) {
      const view = found.get(household.id) ?? { ...household, members: [] };
      found.set(household.id, view);
      // What a merge made say the same twice is told once.
      const said = [household.id, person.id, member.validFrom, member.validUntil].join(' ');
      if (!told.has(said)) view.members.push({ person: named(person), ...member, current });
      told.add(said);
    }
    return [...found.values()];
  }
}

const personIds = (households: readonly HouseholdView[]): string[] => [
  ...new Set(households.flatMap(({ members }) => members.map(({ person }) => person.id))),
];
