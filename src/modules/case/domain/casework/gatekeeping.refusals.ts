import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about gatekeeping decisions (CASE-13). */
export const rules = refusals({
  'decision-revised': {
    title: { en: 'This decision was revised', de: 'Diese Entscheidung wurde geändert' },
    detail: {
      en: 'A later decision stands in its place. Go on with the one named in "revisedById".',
      de: 'An ihre Stelle ist eine spätere Entscheidung getreten. Arbeiten Sie mit der unter „revisedById“ genannten weiter.',
    },
  },
  'decision-announced': {
    title: { en: 'The client has been told already', de: 'Die Entscheidung ist bereits bekannt gegeben' },
    detail: {
      en: 'A decision is announced once, and the day on record counts for objections. If the decision itself has to change, revise it (POST …/revisions).',
      de: 'Eine Entscheidung wird einmal bekannt gegeben, und der festgehaltene Tag zählt für den Widerspruch. Muss die Entscheidung selbst geändert werden, erlassen Sie eine neue (POST …/revisions).',
    },
  },
});
