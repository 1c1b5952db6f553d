import { refusals } from '../../../shared/domain/errors';

/** What an exception from consent refuses (CONS-4). */
export const rules = refusals({
  'exception-second-person': {
    status: 403,
    title: { en: 'A second person decides', de: 'Eine zweite Person entscheidet' },
    detail: {
      en: 'Whoever invoked the exception cannot confirm or reject it. Ask the team lead, or a colleague who works on the case.',
      de: 'Wer sich auf die Ausnahme berufen hat, kann sie weder bestätigen noch ablehnen. Bitten Sie die Teamleitung oder eine Kollegin oder einen Kollegen, die oder der am Fall mitarbeitet.',
    },
  },
  'exception-confirmed': {
    title: { en: 'Already confirmed', de: 'Bereits bestätigt' },
    detail: {
      en: 'A second person has confirmed this exception. To stop it, end it and say why.',
      de: 'Eine zweite Person hat diese Ausnahme bestätigt. Soll sie nicht länger gelten, beenden Sie sie mit Begründung.',
    },
  },
  'exception-not-open': {
    title: { en: 'The exception no longer counts', de: 'Die Ausnahme gilt nicht mehr' },
    detail: {
      en: 'It was rejected or ended, it has expired, or nobody confirmed it in time. If the reason for it persists, record a new one.',
      de: 'Sie wurde abgelehnt oder beendet, ist abgelaufen oder wurde nicht rechtzeitig bestätigt. Besteht der Anlass fort, erfassen Sie eine neue.',
    },
  },
  'exception-client-informed': {
    title: { en: 'The client was informed', de: 'Die Klientin oder der Klient ist informiert' },
    detail: {
      en: 'It is recorded that the client was told. There is nothing left to do.',
      de: 'Es ist festgehalten, dass die Klientin oder der Klient informiert wurde. Es ist nichts weiter zu tun.',
    },
  },
});
