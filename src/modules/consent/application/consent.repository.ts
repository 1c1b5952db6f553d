import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { Consent } from '../domain/consent.entity';
import { CONSENT_KINDS, type ConsentKind, type Recipient } from '../domain/words';

/** Consents, whole; the locked ways need an open transaction (`uow.lock()`). */
@Injectable()
export class ConsentRepository extends AggregateRepository<Consent> {
  protected readonly type = Consent;

  /**
   * Every participation consent of the case and every release that names the recipient, oldest first; `locked` makes
   * a withdrawal wait.
   */
  bearingOn(caseId: string, recipient: Recipient, locked: boolean): Promise<Consent[]> {
    const query = this.ofCase(caseId, 'participation', 'disclosure').andWhere(
      `(c.kind = 'participation' or c.recipients @> :recipient::jsonb)`,
      { recipient: JSON.stringify([recipient]) },
    );
    return (locked ? query.setLock('pessimistic_read') : query).getMany();
  }

  /** Every participation consent of the case, oldest first, locked for share. */
  participations(caseId: string): Promise<Consent[]> {
    return this.ofCase(caseId, 'participation').setLock('pessimistic_read').getMany();
  }

  /** Every consent of the case, oldest first. */
  allOf(caseId: string): Promise<Consent[]> {
    return this.ofCase(caseId, ...CONSENT_KINDS).getMany();
  }

  /** The cases with consents that are not withdrawn, and that somebody else gave for the person, or for anybody. */
  async casesByOthers(personId: string | null): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select distinct case_id as id from consent.consent
       where tenant_id = $1 and not withdrawn and given_by->>'kind' <> 'client' and ($2::uuid is null or person_id = $2) order by 1`,
      [context().tenantId, personId],
    );
    return rows.map(({ id }) => id);
  }

  private ofCase(caseId: string, ...kinds: ConsentKind[]) {
    return this.uow.manager
      .createQueryBuilder(Consent, 'c')
      .where('c.tenantId = :tenantId and c.caseId = :caseId and c.kind in (:...kinds)', {
        tenantId: context().tenantId,
        caseId,
        kinds,
      })
      .orderBy('c.id', 'ASC');
  }
}
