import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { ConsentException } from '../domain/consent-exception.entity';

@Injectable()
export class ConsentExceptionRepository extends AggregateRepository<ConsentException> {
  protected readonly type = ConsentException;

  /** Those of the case that were not ended, oldest first; `locked` makes an end wait, and needs `uow.lock()`. */
  ofCase(caseId: string, locked: boolean): Promise<ConsentException[]> {
    const query = this.uow.manager
      .createQueryBuilder(ConsentException, 'e')
      .where('e.tenantId = :tenantId and e.caseId = :caseId and e.endedAs is null', {
        tenantId: context().tenantId,
        caseId,
      })
      .orderBy('e.id', 'ASC');
    return (locked ? query.setLock('pessimistic_read') : query).getMany();
  }

  /** Ids of those that nobody confirmed until `now`. */
  async overdue(now: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.consent_exception
       where tenant_id = $1 and ended_as is null and confirmed_at is null and confirm_by < $2 order by id`,
      [context().tenantId, now],
    );
    return rows.map(({ id }) => id);
  }
}
