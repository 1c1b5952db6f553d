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
  'consent-already-withdrawn': {
    title: { en: 'Already withdrawn', de: 'Bereits widerrufen' },
    detail: {
      en: 'This consent, or the part of it that you name, was withdrawn before. There is nothing left to do; a new consent can be recorded at any time.',
      de: 'Diese Einwilligung oder der genannte Teil ist bereits widerrufen. Es ist nichts weiter zu tun; eine neue Einwilligung kann jederzeit erfasst werden.',
    },
  },
});
