import { Injectable } from '@nestjs/common';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Referral } from '../../domain/referral/referral.entity';

@Injectable()
export class ReferralRepository extends AggregateRepository<Referral> {
  protected readonly type = Referral;
}
