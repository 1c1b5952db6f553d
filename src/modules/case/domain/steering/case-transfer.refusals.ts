import { refusals } from '../../../../shared/domain/errors';

/** What handing a case over refuses (CASE-12). */
export const transferRules = refusals({
  'transfer-to-responsible': {
    title: { en: 'This case manager is responsible already', de: 'Diese Person ist bereits fallführend' },
    detail: {
      en: 'Name another case manager, or another organisation.',
      de: 'Nennen Sie eine andere Person oder eine andere Organisation.',
    },
  },
  'transfer-to-oneself': {
    title: { en: 'Nobody offers a case to themselves', de: 'Niemand bietet sich selbst einen Fall an' },
    detail: {
      en: 'A deputy does not become responsible by an offer of their own. The responsible case manager can offer you the case, or the team lead can hand it over to you.',
      de: 'Wer den Fall in Stellvertretung führt, wird nicht durch ein eigenes Angebot fallführend. Die Fallführung kann Ihnen den Fall anbieten, oder die Teamleitung kann ihn Ihnen übergeben.',
    },
  },
  'transfer-already-proposed': {
    title: { en: 'The case is offered already', de: 'Der Fall ist bereits angeboten' },
    detail: {
      en: 'An offer of this case (transferId) waits for its answer. Wait for it, or withdraw it first.',
      de: 'Ein Angebot dieses Falls (transferId) ist noch nicht beantwortet. Warten Sie die Antwort ab oder ziehen Sie das Angebot zuerst zurück.',
    },
  },
  'transfer-not-proposed': {
    title: { en: 'The offer no longer stands', de: 'Das Angebot gilt nicht mehr' },
    detail: {
      en: 'The offer was answered or withdrawn (transferStatus). If the case is still to be handed over, it has to be offered anew.',
      de: 'Das Angebot ist beantwortet oder zurückgezogen (transferStatus). Soll der Fall weiterhin übergeben werden, muss er neu angeboten werden.',
    },
  },
  'transfer-time-over': {
    title: { en: 'The time to answer is over', de: 'Die Antwortfrist ist abgelaufen' },
    detail: {
      en: 'The offer was good until the day named in answerBy. Ask the sender to offer the case anew.',
      de: 'Das Angebot galt bis zu dem unter answerBy genannten Tag. Bitten Sie darum, den Fall neu anzubieten.',
    },
  },
  'transfer-case-moved': {
    title: {
      en: 'The case is no longer the sender’s to give',
      de: 'Der Fall liegt nicht mehr bei der abgebenden Seite',
    },
    detail: {
      en: 'Since the offer was made the case was closed or somebody else became responsible. Speak with whoever is responsible now.',
      de: 'Seit dem Angebot wurde der Fall abgeschlossen oder die Fallführung hat gewechselt. Sprechen Sie mit der jetzt fallführenden Person.',
    },
  },
  'transfer-consent-ended': {
    title: { en: 'The client’s consent no longer covers this', de: 'Die Einwilligung deckt das nicht mehr ab' },
    detail: {
      en: 'The release the offer relied on does not hold at the moment, so nothing may be handed over. Speak with the sending organisation.',
      de: 'Die Schweigepflichtentbindung, auf die sich das Angebot stützte, gilt derzeit nicht; deshalb darf nichts übergeben werden. Sprechen Sie mit der abgebenden Organisation.',
    },
  },
  'transfer-not-by-exception': {
    status: 403,
    title: { en: 'Handing a case over needs consent', de: 'Eine Fallübergabe braucht eine Einwilligung' },
    detail: {
      en: 'An exception from consent (CONS-4) is not enough to hand a case over. Ask the client for a release that names the organisation, the purpose case_transfer and the categories listed.',
      de: 'Eine Ausnahme von der Einwilligung (CONS-4) reicht für eine Fallübergabe nicht aus. Bitten Sie die Klientin oder den Klienten um eine Schweigepflichtentbindung, die die Organisation, den Zweck case_transfer und die genannten Datenarten umfasst.',
    },
  },
});
