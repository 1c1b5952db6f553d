import { refusals } from '../../../shared/domain/errors';

/** What may be refused about keeping and erasing data (CONS-6). */
export const rules = refusals({
  'retention-rule-fixed': {
    title: { en: 'This time is fixed', de: 'Diese Frist steht fest' },
    detail: {
      en: 'Lotse removes these data by itself; no organisation can set another time.',
      de: 'Lotse entfernt diese Daten von selbst; eine andere Frist lässt sich nicht festlegen.',
    },
  },
  'retention-below-law': {
    title: { en: 'The law demands a longer time', de: 'Das Gesetz verlangt eine längere Frist' },
    detail: {
      en: 'These data must be kept at least as long as the facts say. Set that time or a longer one.',
      de: 'Diese Daten sind mindestens so lange aufzubewahren, wie die Angaben es nennen. Legen Sie diese oder eine längere Frist fest.',
    },
  },
  'file-is-no-case': {
    title: { en: 'This is the file of a request', de: 'Das ist die Akte einer Anfrage' },
    detail: {
      en: 'Requests that did not become a case have one rule for all (intake_without_case). Change that rule instead.',
      de: 'Für Anfragen, aus denen kein Fall wurde, gilt eine Regel für alle (intake_without_case). Ändern Sie stattdessen diese Regel.',
    },
  },
  'hold-lifted': {
    title: { en: 'This hold is lifted already', de: 'Diese Sperre ist schon aufgehoben' },
    detail: {
      en: 'It protects nothing any more. Place a new one if there is a new reason.',
      de: 'Sie schützt nichts mehr. Gibt es einen neuen Grund, legen Sie eine neue an.',
    },
  },
  'run-not-proposed': {
    title: { en: 'This erasure is decided already', de: 'Über diese Löschung ist schon entschieden' },
    detail: {
      en: 'It was released, discarded or is done. Read it again; propose a new one for what is due now.',
      de: 'Sie wurde freigegeben, verworfen oder ist ausgeführt. Lesen Sie sie neu; schlagen Sie eine neue vor für das, was jetzt fällig ist.',
    },
  },
  'second-person-needed': {
    status: 403,
    title: { en: 'A second person has to release this', de: 'Das muss eine zweite Person freigeben' },
    detail: {
      en: 'You proposed it yourself. Ask the data protection officer or another head of the organisation to look at it and release it.',
      de: 'Sie haben es selbst vorgeschlagen. Bitten Sie die oder den Datenschutzbeauftragten oder eine andere Leitung, es zu prüfen und freizugeben.',
    },
  },
  'nothing-due': {
    title: { en: 'Nothing is due', de: 'Nichts ist fällig' },
    detail: {
      en: 'No file has reached the end of its time, or all that have are on hold or part of another proposal.',
      de: 'Keine Akte hat das Ende ihrer Frist erreicht, oder alle fälligen sind gesperrt oder schon vorgeschlagen.',
    },
  },
  'erasure-under-way': {
    title: { en: 'An erasure is under way already', de: 'Eine Löschung ist schon im Gange' },
    detail: {
      en: 'What may be erased of the person is proposed or released already: see GET /v1/erasure-runs/{id} with the erasureRunId. A proposal waits for a second person to release it, or is discarded.',
      de: 'Was von der Person gelöscht werden darf, ist bereits vorgeschlagen oder freigegeben: siehe GET /v1/erasure-runs/{id} mit der erasureRunId. Ein Vorschlag wartet auf die Freigabe durch eine zweite Person oder wird verworfen.',
    },
  },
  'nothing-to-erase-yet': {
    title: { en: 'Nothing of it may be erased yet', de: 'Davon darf noch nichts gelöscht werden' },
    detail: {
      en: 'Everything held on the person is in use, on hold, or has to be kept: GET /v1/persons/{id}/erasure-decision says why and until when. Restrict the processing instead, and tell the person.',
      de: 'Alles zu dieser Person ist in Gebrauch, gesperrt oder aufzubewahren: GET /v1/persons/{id}/erasure-decision nennt Grund und Frist. Schränken Sie stattdessen die Verarbeitung ein, und teilen Sie es der Person mit.',
    },
  },
});
