import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { RecipientNotice } from '../domain/recipient-notice.entity';
import type { NoticeOccasion } from '../domain/recipient-notice.words';

@Injectable()
export class RecipientNoticeRepository extends AggregateRepository<RecipientNotice> {
  protected readonly type = RecipientNotice;

  /** All notices of one occasion, locked: whoever settles one of them takes turns. */
  async ofOccasion(occasion: NoticeOccasion, occasionId: string): Promise<RecipientNotice[]> {
    const { tenantId } = context();
    await this.uow.lock();
    await this.uow.query(
      'select 1 from consent.recipient_notice where tenant_id = $1 and occasion_id = $2 order by id for update',
      [tenantId, occasionId],
    );
    return this.uow.manager.find(RecipientNotice, { where: { tenantId, occasion, occasionId }, order: { id: 'asc' } });
  }

  /** The notices of corrections of the person that are still to be told, locked likewise. */
  async openCorrections(personId: string): Promise<RecipientNotice[]> {
    await this.uow.lock();
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.recipient_notice where tenant_id = $1 and person_id = $2 and occasion = 'rectification'
         and settlement is null order by id for update`,
      [context().tenantId, personId],
    );
    return Promise.all(rows.map(({ id }) => this.get(id)));
  }
}
