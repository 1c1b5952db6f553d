import { refusals } from '../../../../shared/domain/errors';

/** What reviews and the monitoring of a plan refuse (PLAN-6). */
export const rules = refusals({
  'review-not-planned': {
    title: { en: 'The review was held', de: 'Die Überprüfung hat stattgefunden' },
    detail: {
      en: 'Its result is fixed. Record what came later at the next review of the plan.',
      de: 'Ihr Ergebnis steht fest. Halten Sie Späteres bei der nächsten Überprüfung des Plans fest.',
    },
  },
  'review-already-open': {
    title: { en: 'A review is planned already', de: 'Eine Überprüfung ist bereits geplant' },
    detail: {
      en: 'A plan has one review that is still to be held. Hold it, or set another day for it.',
      de: 'Ein Serviceplan hat eine noch ausstehende Überprüfung. Halten Sie diese ab oder legen Sie für sie einen anderen Tag fest.',
    },
  },
  'plan-not-of-case': {
    title: { en: 'The plan belongs to another case', de: 'Der Serviceplan gehört zu einem anderen Fall' },
    detail: {
      en: 'Name a service plan of this case.',
      de: 'Nennen Sie einen Serviceplan dieses Falls.',
    },
    status: 422,
  },
});
