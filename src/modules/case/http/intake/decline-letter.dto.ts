import { Instant, Int, IsoDate, Nested, OneOf, Text, TextList, Uuid } from '../../../../shared/http/fields';
import { WAYS, type Way } from '../../domain/casework/gatekeeping.values';
import { LETTER_LANGUAGES, type LetterLanguage } from '../../domain/intake/decline-letter.text';

const VERSION = { min: 1, max: 2_147_483_647 };
const MARKDOWN = { max: 20_000, description: 'The letter in Markdown' };

export class LetterRecipientDto {
  @Text({ description: 'As it stands after the greeting', example: 'Mr X' }) name: string;
  @TextList({ max: 6, description: 'Empty where it is handed over', example: ['Gartenweg 3', '04109 Leipzig'] })
  addressLines: string[];
}
export class GiveDeclineLetterDto {
  @Nested(() => LetterRecipientDto) recipient: LetterRecipientDto;
  @OneOf(LETTER_LANGUAGES, { example: 'de' }) language: LetterLanguage;
  @IsoDate({ description: 'When it was given or sent' }) givenOn: string;
  @OneOf(WAYS, { description: 'How it was given', example: 'post' }) way: Way;
}
export class DeclineLetterQuery {
  @OneOf(LETTER_LANGUAGES, { optional: true, description: 'Default is `de`', example: 'de' }) language?: LetterLanguage;
}
export class DeclineLetterText {
  @OneOf(LETTER_LANGUAGES) language: string;
  @Text(MARKDOWN) markdown: string;
}
export class DeclineLetterView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() requestId: string;
  @Nested(() => LetterRecipientDto) recipient: LetterRecipientDto;
  @OneOf(LETTER_LANGUAGES) language: string;
  @Text(MARKDOWN) markdown: string;
  @IsoDate() givenOn: string;
  @OneOf(WAYS) way: string;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class ComplaintTextDto {
  @Text({
    max: 4000,
    example: 'Write to complaints@example.org, or ask for the ombudsperson; you get an answer within two weeks.',
  })
  en: string;
  @Text({
    max: 4000,
    example:
      'Schreiben Sie an beschwerde@example.org oder fragen Sie nach der Ombudsperson; Sie erhalten innerhalb von zwei Wochen Antwort.',
  })
  de: string;
}
export class PutComplaintWayDto {
  @Text({ description: 'The name under which letters are signed', example: 'Help Network Family X' })
  organisation: string;
  @Nested(() => ComplaintTextDto, { description: 'How to complain, in both languages' }) text: ComplaintTextDto;
}
export class ComplaintWayView extends PutComplaintWayDto {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Text() writtenBy: string;
  @Instant() writtenAt: string;
}
