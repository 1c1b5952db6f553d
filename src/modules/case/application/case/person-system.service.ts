import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { FollowedMerge } from '../../../../shared/database/followed-references';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import type { Case } from '../../domain/case/case.entity';
import type { Member } from '../../domain/case/case.values';
import { PersonRepository } from '../persons/person.repository';
import { CaseRepository } from './case.repository';

/** What somebody is to the client. */
export type MemberTerms = {
  role: Member['role'];
  legalGuardian: boolean;
  representationScope?: string;
  guardianIds?: string[];
};

/** Keeps the person system of a case: who belongs to it, and who the client is in the portal. */
@Injectable()
export class PersonSystemService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly cases: CaseRepository,
    private readonly persons: PersonRepository,
  ) {}

  putMember(
    id: string,
    personId: string,
    { role, legalGuardian, representationScope, guardianIds = [] }: MemberTerms,
    expected: Expected,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      const person = await this.persons.surviving(personId);
      this.persons.holdUnmerged(person.id);
      found.putMember(
        {
          personId: person.id,
          role,
          legalGuardian,
          representationScope: representationScope ?? null,
          guardianIds,
        },
        stampBy(this.clock),
      );
      this.cases.store(found);
      return Receipt.of(found);
    });
  }

  removeMember(id: string, personId: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const found = await this.cases.getVisible(id, expected);
      found.removeMember(personId, reason, stampBy(this.clock));
      this.cases.store(found);
      return Receipt.of(found);
    });
  }

  /**
   * The person's own account is `portalSubject` from now on: its cases become visible to it, and to no other. Called in
   * the unit of work that changes the person, whose row it locks, so that a case opened meanwhile is not missed.
   */
  async accountChanged(personId: string, portalSubject: string | null): Promise<void> {
    await this.uow.lock();
    await this.uow.query('select 1 from cases.person where tenant_id = $1 and id = $2 for update', [
      context().tenantId,
      personId,
    ]);
    for (const found of await this.cases.ofClients(personId)) {
      found.knowClients(portalSubject ? [portalSubject] : []);
      this.cases.store(found);
    }
  }

  /** CASE-1: cases that speak of a merged duplicate speak of the survivor from now on. */
  async followMerge(merge: FollowedMerge): Promise<void> {
    for (const found of await this.cases.concerning(merge.merged, merge.survivor)) {
      found.followMerge(merge);
      await this.keep(found, merge);
    }
  }

  /** CASE-1: cases that followed a merge go back; those of `caseIds` also where they were opened since. */
  async followUnmerge(merge: FollowedMerge, caseIds: readonly string[], at: string): Promise<void> {
    for (const found of await this.cases.concerning(merge.merged, merge.survivor)) {
      found.followUnmerge(merge, caseIds.includes(found.id), at);
      await this.keep(found, merge);
    }
  }

  /** The account that may see the case is that of its client, as far as the merge has to do with it. */
  private async keep(found: Case, { merged, survivor }: FollowedMerge): Promise<void> {
    if ([merged, survivor].includes(found.personId)) {
      const account = (await this.persons.find(found.personId))?.portalSubject;
      found.knowClients(account ? [account] : []);
    }
    this.cases.store(found);
  }
}
