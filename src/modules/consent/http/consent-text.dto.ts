import { Bool, Instant, Int, LongText, OneOf, Text, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import type { ConsentKind, ConsentPurpose } from '../domain/words';
import { CONSENT_KINDS, CONSENT_PURPOSES } from '../domain/words';
import { BCP47 } from './consent.dto';

export class PublishConsentTextDto {
  @OneOf(CONSENT_KINDS, { name: 'ConsentKind', example: 'disclosure' }) kind: ConsentKind;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose', example: 'referral' }) purpose: ConsentPurpose;
  @Text({ max: 35, pattern: BCP47, description: 'Language of the text, BCP 47', example: 'pl' }) language: string;
  @Text({ max: 60, description: 'Name of this wording; consents name it', example: 'release-2026-01' })
  textVersion: string;
  @LongText({
    max: 50_000,
    description: 'Exactly what is shown, explained and signed',
    example: 'Zwalniam … z obowiązku zachowania tajemnicy zawodowej.',
  })
  text: string;
}

export class ConsentTextView extends PublishConsentTextDto {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text({ min: 64, max: 64, description: 'SHA-256 of the text in UTF-8, hexadecimal' }) sha256: string;
  @Text({ description: 'Subject of whoever published it' }) publishedBy: string;
  @Instant() publishedAt: string;
  @Text({ nullable: true }) retiredBy: string | null;
  @Instant({ nullable: true, description: 'From here on new consents no longer name it' }) retiredAt: string | null;
}

export class ConsentTextsQuery extends PageQuery {
  @OneOf(CONSENT_KINDS, { name: 'ConsentKind', optional: true }) kind?: ConsentKind;
  @OneOf(CONSENT_PURPOSES, { name: 'ConsentPurpose', optional: true }) purpose?: ConsentPurpose;
  @Text({ max: 35, pattern: BCP47, optional: true, example: 'de' }) language?: string;
  @Bool({ optional: true, description: 'Only those that new consents may name, or only those they may not' })
  inUse?: boolean;
}
