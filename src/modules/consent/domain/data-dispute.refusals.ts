import { refusals } from '../../../shared/domain/errors';

/** What disputes about the accuracy of records refuse (CONS-6, GDPR 16, 18). */
export const disputeRules = refusals({
  'data-dispute-settled': {
    title: { en: 'Settled already', de: 'Bereits erledigt' },
    detail: {
      en: 'This dispute is settled, see "state", and stays as it is. If the person contests the record again, record a new dispute.',
      de: 'Diese Bestreitung ist erledigt, siehe „state“, und bleibt, wie sie ist. Bestreitet die Person den Datensatz erneut, erfassen Sie eine neue Bestreitung.',
    },
  },
  'data-dispute-not-corrected': {
    title: { en: 'Not corrected yet', de: 'Noch nicht berichtigt' },
    detail: {
      en: 'The record still stands as it stood when it was contested. Correct it first (a journal entry by a correction, a person by changing the record); where it stays as it is, uphold it with the reason.',
      de: 'Der Datensatz steht noch so da wie zu der Zeit, als er bestritten wurde. Berichtigen Sie ihn zuerst (einen Journaleintrag durch eine Berichtigung, eine Person durch Änderung); bleibt er, wie er ist, bestätigen Sie ihn mit Begründung.',
    },
  },
});
