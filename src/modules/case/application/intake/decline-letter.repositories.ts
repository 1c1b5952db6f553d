import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { ComplaintWay } from '../../domain/intake/complaint-way.entity';
import { DeclineLetter } from '../../domain/intake/decline-letter.entity';

/** Decline letters as they were given, with their text; none ever changes. */
@Injectable()
export class DeclineLetterRepository extends AggregateRepository<DeclineLetter> {
  protected readonly type = DeclineLetter;
}

@Injectable()
export class ComplaintWayRepository extends AggregateRepository<ComplaintWay> {
  protected readonly type = ComplaintWay;

  /** The one of the organisation, or null. */
  current(): Promise<ComplaintWay | null> {
    return this.uow.manager.findOneBy(this.type as never, { tenantId: context().tenantId } as never);
  }
}
