import { refusals } from '../../../shared/domain/errors';

/** What the directory refuses. */
export const rules = refusals({
  'service-defunct': {
    title: { en: 'The service no longer exists', de: 'Das Angebot besteht nicht mehr' },
    detail: {
      en: 'Free places can only be confirmed for a service that exists. If it is offered again, set its status to active first.',
      de: 'Freie Plätze lassen sich nur für ein bestehendes Angebot bestätigen. Wird es wieder angeboten, setzen Sie zuerst den Status auf „active“.',
    },
  },
});
