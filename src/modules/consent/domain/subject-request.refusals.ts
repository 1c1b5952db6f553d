import { refusals } from '../../../shared/domain/errors';

/** What requests of data subjects refuse (CONS-6). */
export const rules = refusals({
  'subject-request-decided': {
    title: { en: 'Already decided', de: 'Bereits entschieden' },
    detail: {
      en: 'This request is decided and stays as it is. If the person asks again, record a new request.',
      de: 'Dieser Antrag ist entschieden und bleibt, wie er ist. Fragt die Person erneut an, erfassen Sie einen neuen Antrag.',
    },
  },
  'subject-request-identity-open': {
    title: { en: 'It is not clear who asks', de: 'Die Identität ist ungeklärt' },
    detail: {
      en: 'Nobody has made sure yet that the request comes from this person or somebody who may act for them. Record the check of identity first, or refuse on the ground identity_not_established.',
      de: 'Noch ist nicht geprüft, ob der Antrag von dieser Person selbst oder von jemandem kommt, der für sie handeln darf. Halten Sie zuerst die Identitätsprüfung fest, oder lehnen Sie mit dem Grund identity_not_established ab.',
    },
  },
  'subject-request-identity-checked': {
    title: { en: 'Identity is checked', de: 'Die Identität ist geprüft' },
    detail: {
      en: 'The check of identity is on record. There is nothing left to do; put later doubts into the steps.',
      de: 'Die Identitätsprüfung ist festgehalten. Es ist nichts weiter zu tun; spätere Zweifel gehören in die Bearbeitungsschritte.',
    },
  },
  'subject-request-extended': {
    title: { en: 'The time was extended before', de: 'Die Frist wurde bereits verlängert' },
    detail: {
      en: 'The time can be extended once, by two months (GDPR Art. 12 (3)). Decide by the day named in dueOn.',
      de: 'Die Frist kann einmal um zwei Monate verlängert werden (Art. 12 Abs. 3 DSGVO). Entscheiden Sie bis zu dem unter dueOn genannten Tag.',
    },
  },
  'subject-request-too-late-to-extend': {
    title: { en: 'Too late to extend', de: 'Zu spät für eine Verlängerung' },
    detail: {
      en: 'The person has to be told of the extension within the first month, and that month is over. Decide as soon as possible and say in the decision why it took longer.',
      de: 'Über die Verlängerung ist die Person innerhalb des ersten Monats zu unterrichten; dieser ist vorbei. Entscheiden Sie so bald wie möglich und nennen Sie im Bescheid den Grund der Verzögerung.',
    },
  },
  'subject-request-not-carried-out': {
    title: { en: 'Not carried out yet', de: 'Noch nicht ausgeführt' },
    detail: {
      en: 'A request can be granted once what was asked for is done: see "unmet". Do that first, or grant it in part and name the ground.',
      de: 'Einem Antrag kann stattgegeben werden, sobald das Verlangte getan ist: siehe „unmet“. Holen Sie das nach, oder geben Sie dem Antrag nur teilweise statt und nennen Sie den Grund.',
    },
  },
  'processing-already-restricted': {
    title: { en: 'Already restricted', de: 'Bereits eingeschränkt' },
    detail: {
      en: 'Processing for this person is restricted already. There is nothing left to do; put further reasons into the steps of the request.',
      de: 'Die Verarbeitung zu dieser Person ist bereits eingeschränkt. Es ist nichts weiter zu tun; weitere Gründe gehören in die Schritte des Antrags.',
    },
  },
  'processing-restriction-lifted': {
    title: { en: 'Already lifted', de: 'Bereits aufgehoben' },
    detail: {
      en: 'This restriction is lifted. If the data has to be restricted again, record a new one.',
      de: 'Diese Einschränkung ist aufgehoben. Muss erneut eingeschränkt werden, erfassen Sie eine neue.',
    },
  },
  'export-only-for-access': {
    title: { en: 'No request for access', de: 'Kein Auskunftsantrag' },
    detail: {
      en: 'A copy of the data is made for requests of the kind access only, which also serve portability. Record such a request first.',
      de: 'Eine Kopie der Daten gibt es nur zu Auskunftsanträgen, die auch der Übertragbarkeit dienen. Erfassen Sie zuerst einen solchen.',
    },
  },
  'personal-data-export-not-ready': {
    title: { en: 'The copy is not ready', de: 'Die Kopie liegt nicht bereit' },
    detail: {
      en: 'It is still being made, which takes some minutes, or it could not be made: read its status. Where that says "failed", ask for a new one.',
      de: 'Sie wird noch erstellt, was einige Minuten dauert, oder sie ließ sich nicht erstellen: Lesen Sie ihren Stand. Steht dort „failed“, fordern Sie eine neue an.',
    },
  },
  'personal-data-export-expired': {
    title: { en: 'The copy is no longer kept', de: 'Die Kopie wird nicht mehr aufbewahrt' },
    detail: {
      en: 'The files of a copy are deleted after seven days. Ask for a new one.',
      de: 'Die Dateien einer Kopie werden nach sieben Tagen gelöscht. Fordern Sie eine neue an.',
    },
  },
  'export-not-made': {
    title: { en: 'No copy of the data', de: 'Keine Kopie der Daten' },
    detail: {
      en: 'No copy of the data is ready for this request. Have it made, look through it and hand it over.',
      de: 'Zu diesem Antrag liegt keine Kopie der Daten bereit. Lassen Sie sie erstellen, sehen Sie sie durch und übergeben Sie sie.',
    },
  },
  'restriction-not-made': {
    title: { en: 'No restriction', de: 'Keine Einschränkung' },
    detail: {
      en: 'Processing for this person is not restricted. Restrict it first.',
      de: 'Die Verarbeitung zu dieser Person ist nicht eingeschränkt. Schränken Sie sie zuerst ein.',
    },
  },
});
