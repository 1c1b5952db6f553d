import { refusals } from '../../../../shared/domain/errors';

/** What a link between cases refuses (CASE-11). */
export const linkRules = refusals({
  'link-to-itself': {
    title: { en: 'A case cannot be linked with itself', de: 'Ein Fall kann nicht mit sich selbst verknüpft werden' },
    detail: {
      en: 'Name the other case of the family or household.',
      de: 'Nennen Sie den anderen Fall der Familie oder des Haushalts.',
    },
  },
  'link-already-there': {
    title: { en: 'These cases are linked already', de: 'Diese Fälle sind bereits verknüpft' },
    detail: {
      en: 'A link between the two cases has been proposed or agreed. Read the linked cases to see it.',
      de: 'Eine Verknüpfung der beiden Fälle ist vorgeschlagen oder vereinbart. Sie steht bei den verknüpften Fällen.',
    },
  },
  'link-not-proposed': {
    title: { en: 'There is no proposal you could accept', de: 'Es liegt kein Vorschlag vor, den Sie annehmen könnten' },
    detail: {
      en: 'Only a proposed link can be accepted, and only for the case that was asked.',
      de: 'Nur eine vorgeschlagene Verknüpfung kann angenommen werden, und nur für den angefragten Fall.',
    },
  },
  'link-not-agreed': {
    title: { en: 'The link is not agreed', de: 'Die Verknüpfung ist nicht vereinbart' },
    detail: {
      en: 'Parts can be opened only while both case managers have agreed to the link. Have it accepted first, or propose a new one.',
      de: 'Teile können nur geöffnet werden, solange beide Fallführungen der Verknüpfung zustimmen. Lassen Sie sie zuerst annehmen oder schlagen Sie eine neue vor.',
    },
  },
  'link-ended': {
    title: { en: 'The link has ended', de: 'Die Verknüpfung ist beendet' },
    detail: {
      en: 'Propose a new link if the cases belong together again.',
      de: 'Schlagen Sie eine neue Verknüpfung vor, wenn die Fälle wieder zusammengehören.',
    },
  },
  'part-not-shared': {
    title: { en: 'This part is not shared', de: 'Dieser Teil ist nicht freigegeben' },
    detail: {
      en: 'You have not agreed to share this part. Change what is shared first (PUT /v1/case-links/{id}/shared-parts).',
      de: 'Sie haben diesen Teil nicht freigegeben. Ändern Sie zuerst, welche Teile freigegeben sind (PUT /v1/case-links/{id}/shared-parts).',
    },
  },
  'part-already-open': {
    title: { en: 'This part is open already', de: 'Dieser Teil ist bereits geöffnet' },
    detail: {
      en: 'The other side can read it; nothing has to be done.',
      de: 'Die andere Seite kann ihn lesen; es ist nichts zu tun.',
    },
  },
});
