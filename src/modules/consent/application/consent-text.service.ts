import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { ConsentText, type ConsentTextTerms } from '../domain/consent-text.entity';
import { rules } from '../domain/refusals';
import { TEXT_NOT_PUBLISHED } from './consent.faults';
import { ConsentTextRepository } from './consent-text.repository';

/** CONS-1: keeps the texts of the organisation, and finds the one a consent was given on. */
@Injectable()
export class ConsentTextService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly texts: ConsentTextRepository,
    private readonly clock: Clock,
  ) {}

  /** Two who publish under one name at the same time take turns. */
  publish(terms: ConsentTextTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `consent-text ${context().tenantId} ${terms.kind} ${terms.purpose}`,
      ]);
      const known = (await this.texts.for(terms)).find((text) => isNamed(text, terms));
      if (known) throw rules.broken('consent-text-published', { consentTextId: known.id });
      const text = ConsentText.publish(terms, stampBy(this.clock));
      this.texts.store(text);
      return Receipt.of(text);
    });
  }

  retire(id: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const text = await this.texts.get(id, expected);
      text.retire(stampBy(this.clock));
      this.texts.store(text);
      return Receipt.of(text);
    });
  }

  /**
   * The text that was shown. As soon as the organisation keeps texts for a kind and purpose here, a consent names one
   * of them; null where it keeps them elsewhere.
   */
  async shown(named: Omit<ConsentTextTerms, 'text'>): Promise<ConsentText | null> {
    const texts = (await this.texts.for(named)).filter(({ inUse }) => inUse);
    if (texts.length === 0) return null;
    const text = texts.find((one) => isNamed(one, named));
    if (!text) throw new InvalidInput([TEXT_NOT_PUBLISHED]);
    return text;
  }
}

type Name = Pick<ConsentTextTerms, 'language' | 'textVersion'>;
const isNamed = (text: Name, { language, textVersion }: Name): boolean =>
  text.language === language && text.textVersion === textVersion;
