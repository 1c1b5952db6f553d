import { refusals } from '../../../../shared/domain/errors';

/** What joint steering with another organisation refuses (CASE-11). */
export const steeringRules = refusals({
  'steering-not-proposed': {
    title: { en: 'There is no invitation to answer', de: 'Es liegt keine offene Einladung vor' },
    detail: {
      en: 'The invitation was answered, recalled, or has ended since (steeringStatus). Ask the inviting organisation for a new one if you are still needed.',
      de: 'Die Einladung ist inzwischen beantwortet, zurückgenommen oder beendet (steeringStatus). Bitten Sie die einladende Organisation um eine neue, wenn Sie weiter gebraucht werden.',
    },
  },
  'steering-not-agreed': {
    title: { en: 'The joint steering is not in force', de: 'Die gemeinsame Steuerung ist nicht in Kraft' },
    detail: {
      en: 'This is possible only while the invitation is accepted and has not ended (steeringStatus).',
      de: 'Das ist nur möglich, solange die Einladung angenommen und nicht beendet ist (steeringStatus).',
    },
  },
  'steering-ended': {
    title: { en: 'The joint steering has ended', de: 'Die gemeinsame Steuerung ist beendet' },
    detail: {
      en: 'Nothing is open to the other organisation any more, so nothing is left to do. Invite it anew if both are to steer together again.',
      de: 'Der anderen Organisation steht nichts mehr offen; es ist nichts zu tun. Laden Sie sie neu ein, wenn wieder gemeinsam gesteuert werden soll.',
    },
  },
  'steering-time-over': {
    title: { en: 'The time of the invitation is over', de: 'Die Zeit der Einladung ist abgelaufen' },
    detail: {
      en: 'The invitation was good until the day named in untilOn. Ask the inviting organisation for a new one.',
      de: 'Die Einladung galt bis zu dem unter untilOn genannten Tag. Bitten Sie die einladende Organisation um eine neue.',
    },
  },
  'steering-consent-ended': {
    title: { en: 'The client’s consent no longer covers this', de: 'Die Einwilligung deckt das nicht mehr ab' },
    detail: {
      en: 'The release the invitation relied on does not hold at the moment, so nothing can be opened. Speak with the inviting organisation.',
      de: 'Die Schweigepflichtentbindung, auf die sich die Einladung stützte, gilt derzeit nicht; deshalb kann nichts geöffnet werden. Sprechen Sie mit der einladenden Organisation.',
    },
  },
  'steering-not-by-exception': {
    status: 403,
    title: { en: 'Joint steering needs consent', de: 'Gemeinsame Steuerung braucht eine Einwilligung' },
    detail: {
      en: 'An exception from consent (CONS-4) lets single information through in danger, but opens no case. Ask the client for a release that names the organisation, the purpose joint_steering and the categories listed.',
      de: 'Eine Ausnahme von der Einwilligung (CONS-4) lässt bei Gefahr einzelne Informationen zu, öffnet aber keinen Fall. Bitten Sie die Klientin oder den Klienten um eine Schweigepflichtentbindung, die die Organisation, den Zweck joint_steering und die genannten Datenarten umfasst.',
    },
  },
});
