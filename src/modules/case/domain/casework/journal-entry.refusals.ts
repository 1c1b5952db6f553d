import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about the journal (CASE-8). */
export const rules = refusals({
  'journal-closed': {
    title: {
      en: 'The journal of a closed case takes documentation only',
      de: 'Das Journal eines abgeschlossenen Falls nimmt nur noch Dokumentation auf',
    },
    detail: {
      en: 'Record what is left to document as kind "documentation"; for further work with the client, reopen the case first.',
      de: 'Halten Sie, was noch festzuhalten ist, mit der Art „documentation“ fest; für weitere Arbeit mit der Klientin oder dem Klienten nehmen Sie den Fall zuerst wieder auf.',
    },
  },
  'nothing-corrected': {
    title: { en: 'The correction changes nothing', de: 'Die Berichtigung ändert nichts' },
    detail: {
      en: 'Send at least one field with a value other than the recorded one.',
      de: 'Senden Sie mindestens ein Feld mit einem anderen als dem festgehaltenen Wert.',
    },
  },
});
