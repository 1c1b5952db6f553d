import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about follow-ups (CASE-9). */
export const rules = refusals({
  'follow-up-ended': {
    title: { en: 'This follow-up has ended', de: 'Diese Wiedervorlage ist erledigt' },
    detail: {
      en: 'It was completed or has closed itself because its cause is gone. Note a new follow-up if something is left to do.',
      de: 'Sie wurde erledigt oder hat sich geschlossen, weil ihr Anlass entfallen ist. Legen Sie eine neue Wiedervorlage an, wenn noch etwas zu tun ist.',
    },
  },
});
