import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { Consent } from '../domain/consent.entity';
import type { Recipient } from '../domain/words';

/** Consents, whole; the locked ways need an open transaction (`uow.lock()`). */
@Injectable()
export class ConsentRepository extends AggregateRepository<Consent> {
  protected readonly type = Consent;

  /** Every release of the case that names the recipient, oldest first; `locked` makes a withdrawal wait. */
  releasesTo(caseId: string, recipient: Recipient, locked: boolean): Promise<Consent[]> {
    const query = this.ofCase(caseId, 'disclosure').andWhere('c.recipients @> :recipient::jsonb', {
      recipient: JSON.stringify([recipient]),
    });
    return (locked ? query.setLock('pessimistic_read') : query).getMany();
  }

  /** Every participation consent of the case, oldest first, locked for share. */
  participations(caseId: string): Promise<Consent[]> {
    return this.ofCase(caseId, 'participation').setLock('pessimistic_read').getMany();
  }

  private ofCase(caseId: string, kind: string) {
    return this.uow.manager
      .createQueryBuilder(Consent, 'c')
      .where('c.tenantId = :tenantId and c.caseId = :caseId and c.kind = :kind', {
        tenantId: context().tenantId,
        caseId,
        kind,
      })
      .orderBy('c.id', 'ASC');
  }
}
