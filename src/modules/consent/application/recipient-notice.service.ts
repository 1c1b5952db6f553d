import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import type { RecipientNotice } from '../domain/recipient-notice.entity';
import { RecipientNoticeRepository } from './recipient-notice.repository';

/** GDPR 19: puts on record that recipients were told, or why not. */
@Injectable()
export class RecipientNoticeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly notices: RecipientNoticeRepository,
    private readonly clock: Clock,
  ) {}

  tell(id: string, expected: Expected, terms: Parameters<RecipientNotice['tell']>[0]): Promise<Receipt> {
    return this.change(id, expected, (notice, stamp) => notice.tell(terms, stamp));
  }

  waive(id: string, expected: Expected, terms: Parameters<RecipientNotice['waive']>[0]): Promise<Receipt> {
    return this.change(id, expected, (notice, stamp) => notice.waive(terms, stamp));
  }

  private change(
    id: string,
    expected: Expected,
    step: (notice: RecipientNotice, stamp: Stamp) => void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const notice = await this.notices.get(id, expected);
      step(notice, stampBy(this.clock));
      this.notices.store(notice);
      return Receipt.of(notice);
    });
  }
}
