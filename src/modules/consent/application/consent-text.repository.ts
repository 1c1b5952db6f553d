import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { ConsentText, type ConsentTextTerms } from '../domain/consent-text.entity';

@Injectable()
export class ConsentTextRepository extends AggregateRepository<ConsentText> {
  protected readonly type = ConsentText;

  /** Every text that was ever published for a kind and purpose. */
  for({ kind, purpose }: Pick<ConsentTextTerms, 'kind' | 'purpose'>): Promise<ConsentText[]> {
    return this.uow.manager.findBy(ConsentText, { tenantId: context().tenantId, kind, purpose });
  }
}
