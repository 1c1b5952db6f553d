import { refusals } from '../../../../shared/domain/errors';

/** What a referral refuses (PLAN-5). */
export const rules = refusals({
  'referral-step-not-possible': {
    title: { en: 'The referral is not at that point', de: 'Dieser Schritt ist jetzt nicht möglich' },
    detail: {
      en: 'This step does not follow from the present state. "state" says where the referral stands, "allowed" which steps are possible now.',
      de: 'Dieser Schritt folgt nicht auf den jetzigen Stand. „state“ nennt den Stand der Vermittlung, „allowed“ die jetzt möglichen Schritte.',
    },
  },
  'referral-not-ready': {
    title: { en: 'The referral cannot be sent yet', de: 'Die Vermittlung kann noch nicht versandt werden' },
    detail: {
      en: 'Before a referral goes out, every step of linking must be done. "unmet" names what is missing; complete it and send again.',
      de: 'Bevor eine Vermittlung hinausgeht, müssen alle Schritte des Linkings erledigt sein. „unmet“ nennt, was fehlt; ergänzen Sie es und senden Sie erneut.',
    },
  },
  'referral-client-not-informed': {
    title: { en: 'The client is not informed', de: 'Die Klientin oder der Klient ist nicht informiert' },
    detail: {
      en: 'Explain the service to the client and record the day in clientInformedOn.',
      de: 'Erklären Sie der Klientin oder dem Klienten das Angebot und halten Sie den Tag in clientInformedOn fest.',
    },
  },
  'referral-consent-missing': {
    title: { en: 'There is no release from confidentiality', de: 'Die Schweigepflichtentbindung fehlt' },
    detail: {
      en: 'No valid consent lets these data categories go to this provider for a referral. Obtain it, or pass fewer categories.',
      de: 'Keine gültige Einwilligung erlaubt, diese Datenarten für eine Vermittlung an diesen Leistungserbringer zu geben. Holen Sie sie ein oder geben Sie weniger weiter.',
    },
  },
  'referral-release-expired': {
    title: { en: 'The release from confidentiality has expired', de: 'Die Schweigepflichtentbindung ist abgelaufen' },
    detail: {
      en: 'The release that let you see this referral has expired ("accessUntil" was its last day). Ask the case manager for a new one; then you can answer.',
      de: 'Die Schweigepflichtentbindung, mit der Sie diese Vermittlung einsehen konnten, ist abgelaufen (letzter Tag: „accessUntil“). Bitten Sie die Fallführung um eine neue; dann können Sie antworten.',
    },
  },
  'referral-participation-missing': {
    title: { en: 'The consent to take part is missing', de: 'Die Einwilligung in die Teilnahme fehlt' },
    detail: {
      en: 'There is no valid consent to take part in the case management. Without it nothing new begins; talk to the client first.',
      de: 'Es gibt keine gültige Einwilligung in die Teilnahme am Case Management. Ohne sie beginnt nichts Neues; sprechen Sie zuerst mit der Klientin oder dem Klienten.',
    },
  },
  'referral-service-unavailable': {
    title: { en: 'The service is not offered at present', de: 'Das Angebot besteht zurzeit nicht' },
    detail: {
      en: 'The directory lists the service as inactive, closed or ended. Choose another service, or have the entry corrected.',
      de: 'Das Verzeichnis führt das Angebot als inaktiv, geschlossen oder beendet. Wählen Sie ein anderes oder lassen Sie den Eintrag berichtigen.',
    },
  },
  'referral-service-full': {
    title: { en: 'The service has no free place', de: 'Das Angebot hat keinen freien Platz' },
    detail: {
      en: 'Ask for the waiting list (forWaitingList), give the reason why you send it all the same (despiteFull), or choose another service.',
      de: 'Bitten Sie um einen Wartelistenplatz (forWaitingList), begründen Sie, warum Sie trotzdem anfragen (despiteFull) oder wählen Sie ein anderes Angebot.',
    },
  },
  'referral-information-missing': {
    title: { en: 'The necessary information is missing', de: 'Die notwendigen Informationen fehlen' },
    detail: {
      en: 'Write what the provider needs to know (informationPackage) and name the data categories it contains. Pass no more than needed.',
      de: 'Schreiben Sie, was der Leistungserbringer wissen muss (informationPackage), und nennen Sie die enthaltenen Datenarten. Geben Sie nicht mehr weiter als nötig.',
    },
  },
  'referral-purchase-not-approved': {
    title: { en: 'The purchase is not approved', de: 'Der Ankauf ist nicht genehmigt' },
    detail: {
      en: 'The service agreement has a price: a team lead has to approve it before the help starts.',
      de: 'Die Leistungsvereinbarung hat einen Preis: Vor Beginn der Hilfe muss die Teamleitung ihn genehmigen.',
    },
  },
  'referral-nothing-to-approve': {
    title: { en: 'There is nothing to approve', de: 'Es gibt nichts zu genehmigen' },
    detail: {
      en: 'Only a service agreement with a price that is not approved yet can be approved. Record the agreement first.',
      de: 'Genehmigt werden kann nur eine Leistungsvereinbarung mit Preis, die noch nicht genehmigt ist. Erfassen Sie zuerst die Vereinbarung.',
    },
  },
  'referral-approval-own': {
    title: { en: 'A second person must approve', de: 'Eine zweite Person muss genehmigen' },
    detail: {
      en: 'Whoever made the service agreement cannot approve its price. Ask another lead.',
      de: 'Wer die Leistungsvereinbarung geschlossen hat, kann den Preis nicht selbst genehmigen. Bitten Sie eine andere Leitung.',
    },
    status: 403,
  },
  'referral-agreement-fixed': {
    title: { en: 'The service agreement is fixed', de: 'Die Leistungsvereinbarung steht fest' },
    detail: {
      en: 'Scope and price are agreed before the help starts. For a new scope or period, make a new referral to the same service.',
      de: 'Umfang und Preis werden vor Beginn der Hilfe vereinbart. Für neuen Umfang oder Zeitraum legen Sie eine neue Vermittlung an dasselbe Angebot an.',
    },
  },
  'referral-follow-up-too-early': {
    title: { en: 'There is nothing to follow up yet', de: 'Für eine Nachfrage ist es noch zu früh' },
    detail: {
      en: 'Whether the help arrived can be asked once the referral was sent to the provider and not declined.',
      de: 'Ob die Hilfe angekommen ist, lässt sich erst erfragen, wenn die Vermittlung versandt und nicht abgelehnt wurde.',
    },
  },
  'referral-measure-not-of-plan': {
    title: { en: 'The measure does not belong to this case', de: 'Die Maßnahme gehört nicht zu diesem Fall' },
    detail: {
      en: 'Name a service plan of this case and a measure of that plan, or leave both out.',
      de: 'Nennen Sie einen Serviceplan dieses Falls und eine Maßnahme dieses Plans, oder lassen Sie beides weg.',
    },
    status: 422,
  },
});
