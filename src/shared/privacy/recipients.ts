import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { UnitOfWork } from '../database/unit-of-work';

/** How often data went to recipients of a kind, on which occasion, and to how many of them. */
export type RecipientCount = {
  readonly flow: string;
  readonly kind: string;
  readonly passedOn: number;
  readonly recipients: number;
};

/** Who data really went to, counted from the event log: numbers alone. */
@Injectable()
export class Recipients {
  constructor(private readonly uow: UnitOfWork) {}

  count(): Promise<RecipientCount[]> {
    return this.uow.query<RecipientCount>(
      `select payload->>'flow' as flow, payload->>'recipientKind' as kind, count(*)::int as "passedOn",
         count(distinct payload->>'recipientId')::int as recipients
       from platform.event where tenant_id = $1 and type = 'consent.information_passed' group by 1, 2 order by 1, 2`,
      [context().tenantId],
    );
  }
}
