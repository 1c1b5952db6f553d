import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about emergency access (standards §6.3). */
export const emergencyRules = refusals({
  'emergency-not-needed': {
    title: { en: 'You may read this case anyway', de: 'Sie dürfen diesen Fall ohnehin lesen' },
    detail: {
      en: 'You work on this case or stand in for whoever does. Read it in the usual way.',
      de: 'Sie arbeiten in diesem Fall oder sind als Stellvertretung eingetragen. Lesen Sie ihn auf dem üblichen Weg.',
    },
  },
  'emergency-already-open': {
    title: { en: 'Your emergency access is there already', de: 'Ihr Notfallzugriff besteht bereits' },
    detail: {
      en: 'You have asked for this case before, and that has not run out yet. Use the access named, or wait for its approval.',
      de: 'Sie haben den Zugriff auf diesen Fall bereits angefordert, und er ist noch nicht abgelaufen. Nutzen Sie den genannten Zugriff oder warten Sie auf seine Freigabe.',
    },
  },
  'emergency-approval-not-awaited': {
    title: { en: 'No approval is waited for', de: 'Es wird auf keine Freigabe gewartet' },
    detail: {
      en: 'This access needs none, was approved before, or was asked for too long ago. If the emergency persists, it has to be asked for anew.',
      de: 'Dieser Zugriff braucht keine, ist schon freigegeben oder wurde vor zu langer Zeit angefordert. Besteht der Notfall fort, muss er neu angefordert werden.',
    },
  },
  'emergency-second-person': {
    status: 403,
    title: { en: 'A second person decides', de: 'Eine zweite Person entscheidet' },
    detail: {
      en: 'You may not approve or review what you asked for or approved yourself. Ask another team lead or the data protection officer.',
      de: 'Was Sie selbst angefordert oder freigegeben haben, dürfen Sie nicht selbst freigeben oder prüfen. Bitten Sie eine andere Teamleitung oder die Datenschutzbeauftragte oder den Datenschutzbeauftragten.',
    },
  },
  'emergency-not-active': {
    title: { en: 'The access is not open', de: 'Der Zugriff ist nicht offen' },
    detail: {
      en: 'It has run out, was ended, or was never approved. There is nothing to end.',
      de: 'Er ist abgelaufen, wurde beendet oder nie freigegeben. Es gibt nichts zu beenden.',
    },
  },
  'emergency-nothing-to-review': {
    title: { en: 'There is nothing to review', de: 'Es gibt nichts zu prüfen' },
    detail: {
      en: 'This access was reviewed before, or it never opened the case. A review is not changed.',
      de: 'Dieser Zugriff wurde schon geprüft oder hat den Fall nie geöffnet. Eine Prüfung wird nicht geändert.',
    },
  },
});
