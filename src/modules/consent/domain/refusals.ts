import { refusals } from '../../../shared/domain/errors';

/** What the consent module refuses. */
export const rules = refusals({
  'consent-required': {
    status: 403,
    title: { en: 'Consent is missing', de: 'Es fehlt die Einwilligung' },
    detail: {
      en: 'Nothing may go to this recipient yet. Ask the client for a release from confidentiality that names the recipient, the purpose and the categories listed in "categories", record it under the case’s consents, and try again.',
      de: 'An diesen Empfänger darf noch nichts gehen. Bitten Sie um eine Schweigepflichtentbindung, die den Empfänger, den Zweck und die unter „categories“ genannten Datenarten nennt, erfassen Sie sie bei den Einwilligungen des Falls und versuchen Sie es dann erneut.',
    },
  },
  'consent-text-published': {
    title: { en: 'This version is published', de: 'Diese Fassung ist veröffentlicht' },
    detail: {
      en: 'A text of this kind, purpose, language and version is published, and what is published never changes. Give the new wording another version.',
      de: 'Ein Text dieser Art, dieses Zwecks, dieser Sprache und Fassung ist veröffentlicht; Veröffentlichtes ändert sich nie. Geben Sie dem neuen Wortlaut eine andere Fassung.',
    },
  },
  'consent-text-retired': {
    title: { en: 'Already retired', de: 'Bereits zurückgezogen' },
    detail: {
      en: 'This text is no longer in use. There is nothing left to do; publish another version if one is needed.',
      de: 'Dieser Text ist nicht mehr in Gebrauch. Es ist nichts weiter zu tun; veröffentlichen Sie bei Bedarf eine andere Fassung.',
    },
  },
  'consent-already-withdrawn': {
    title: { en: 'Already withdrawn', de: 'Bereits widerrufen' },
    detail: {
      en: 'This consent, or the part of it that you name, was withdrawn before. There is nothing left to do; a new consent can be recorded at any time.',
      de: 'Diese Einwilligung oder der genannte Teil ist bereits widerrufen. Es ist nichts weiter zu tun; eine neue Einwilligung kann jederzeit erfasst werden.',
    },
  },
});
