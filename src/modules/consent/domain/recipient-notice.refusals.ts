import { refusals } from '../../../shared/domain/errors';

/** What notices to recipients refuse (CONS-6, GDPR 19). */
export const noticeRules = refusals({
  'recipient-notice-settled': {
    title: { en: 'Settled already', de: 'Bereits erledigt' },
    detail: {
      en: 'It is on record what became of this notice, see "state"; that stays as it is. If the recipient has to be told of something else, that comes up as a notice of its own.',
      de: 'Was aus dieser Mitteilung wurde, ist festgehalten, siehe „state“, und bleibt so. Ist der Empfänger über etwas anderes zu unterrichten, entsteht dafür eine eigene Mitteilung.',
    },
  },
});
