import type { RefusalText } from '../../../../shared/domain/errors';

type Words = [en: string, de: string];
/** A refusal from its title and detail, each in English and German. */
export const says = (title: Words, detail: Words, status?: RefusalText['status']): RefusalText => ({
  title: { en: title[0], de: title[1] },
  detail: { en: detail[0], de: detail[1] },
  ...(status ? { status } : {}),
});

/** What the agreement of a plan may lack; each is listed in `unmet`, with the goals and measures concerned in `faults`. */
export const READINESS = {
  'no-outcome-goal': says(
    ['The plan has no outcome goal', 'Der Plan hat kein Ergebnisziel'],
    [
      'Agree with the client on at least one outcome goal.',
      'Vereinbaren Sie mit der Klientin oder dem Klienten mindestens ein Ergebnisziel.',
    ],
  ),
  'no-next-step-goal': says(
    ['The plan has no goal for the next step', 'Der Plan hat kein Ziel für den nächsten Schritt'],
    [
      'Rolling planning needs at least one outcome goal marked as next step.',
      'Rollende Planung braucht mindestens ein Ergebnisziel, das als nächster Schritt gekennzeichnet ist.',
    ],
  ),
  'goal-serves-no-goal': says(
    ['A goal serves no higher goal', 'Ein Ziel dient keinem höheren Ziel'],
    [
      'Name the framework goal each outcome goal serves, and the principle goal each framework goal serves.',
      'Nennen Sie zu jedem Ergebnisziel das Rahmenziel und zu jedem Rahmenziel das Grundsatzziel.',
    ],
  ),
  'goal-without-need': says(
    ['A goal answers no need', 'Ein Ziel geht auf keinen Bedarf zurück'],
    [
      'Name the needs from the assessment that each principle goal answers.',
      'Nennen Sie zu jedem Grundsatzziel die Bedarfe aus dem Assessment, auf die es zurückgeht.',
    ],
  ),
  'goal-without-indicator': says(
    ['A goal cannot be checked', 'Ein Ziel ist nicht überprüfbar'],
    [
      'Give each outcome goal at least one indicator with baseline and target.',
      'Geben Sie jedem Ergebnisziel mindestens einen Indikator mit Ausgangs- und Zielwert.',
    ],
  ),
  'goal-indicator-incomplete': says(
    ['An indicator is incomplete', 'Ein Indikator ist unvollständig'],
    ['Record baseline and target of every indicator.', 'Erfassen Sie zu jedem Indikator Ausgangs- und Zielwert.'],
  ),
  'goal-without-date': says(
    ['A goal has no date', 'Ein Ziel hat keinen Termin'],
    [
      'Set the day by which each outcome goal is to be reached.',
      'Legen Sie für jedes Ergebnisziel den Tag fest, bis zu dem es erreicht sein soll.',
    ],
  ),
  'goal-date-past': says(
    ['The date of a new goal has passed', 'Der Termin eines neuen Ziels ist verstrichen'],
    ['Choose a target date that is still ahead.', 'Wählen Sie einen Zieltermin, der noch bevorsteht.'],
  ),
  'goal-not-accepted': says(
    ['The client has not accepted a goal', 'Einem Ziel wurde noch nicht zugestimmt'],
    [
      'Talk each outcome goal over with the client until it is their own, and record that it is accepted.',
      'Besprechen Sie jedes Ergebnisziel, bis es das eigene der Klientin oder des Klienten ist, und erfassen Sie die Zustimmung.',
    ],
  ),
  'goal-plan-b-missing': says(
    ['A goal with barriers has no plan B', 'Zu einem Ziel mit Hindernissen fehlt Plan B'],
    [
      'Record what will be done if the barriers named stand in the way.',
      'Erfassen Sie, was geschieht, wenn die genannten Hindernisse im Weg stehen.',
    ],
  ),
  'goal-without-measure': says(
    ['Nothing is done for a goal', 'Für ein Ziel geschieht nichts'],
    ['Add a measure that serves each outcome goal.', 'Ergänzen Sie zu jedem Ergebnisziel eine Maßnahme.'],
  ),
  'measure-without-goal': says(
    ['A measure serves no goal', 'Eine Maßnahme dient keinem Ziel'],
    [
      'Name the goal each measure serves, or remove the measure.',
      'Nennen Sie zu jeder Maßnahme das Ziel, dem sie dient, oder entfernen Sie sie.',
    ],
  ),
  'measure-without-responsible': says(
    ['Nobody is responsible for a measure', 'Für eine Maßnahme ist niemand verantwortlich'],
    [
      'Name one responsible party for each measure.',
      'Nennen Sie zu jeder Maßnahme genau eine verantwortliche Stelle oder Person.',
    ],
  ),
  'measure-without-date': says(
    ['A measure has no date', 'Eine Maßnahme hat keinen Termin'],
    ['Set by when each measure is to be carried out.', 'Legen Sie fest, bis wann jede Maßnahme durchgeführt wird.'],
  ),
  'measure-without-frequency': says(
    ['How often a measure takes place is open', 'Die Häufigkeit einer Maßnahme ist offen'],
    [
      'Record how often each measure takes place, also when it is once.',
      'Erfassen Sie, wie oft jede Maßnahme stattfindet, auch wenn es einmalig ist.',
    ],
  ),
  'measure-without-cost': says(
    ['The cost of a measure is open', 'Die Kosten einer Maßnahme sind offen'],
    [
      'Record the cost of what providers deliver, 0 where it is free.',
      'Erfassen Sie die Kosten der Leistungen, 0, wenn sie kostenlos sind.',
    ],
  ),
  'measure-without-payer': says(
    ['Nobody pays for a measure', 'Für eine Maßnahme fehlt der Kostenträger'],
    [
      'Name who pays for each measure that costs something.',
      'Nennen Sie den Kostenträger jeder Maßnahme, die etwas kostet.',
    ],
  ),
  'measure-without-check': says(
    ['How a measure is checked is open', 'Die Überprüfung einer Maßnahme ist offen'],
    [
      'Record how it will be checked that each measure is delivered and helps.',
      'Erfassen Sie, wie überprüft wird, ob jede Maßnahme stattfindet und hilft.',
    ],
  ),
  'measure-still-running': says(
    ['The measure is running', 'Die Maßnahme läuft'],
    [
      'End the measure first, then take it out of the plan.',
      'Beenden Sie zuerst die Maßnahme und nehmen Sie sie dann aus dem Plan.',
    ],
  ),
  'subsidiarity-reason-missing': says(
    ['No own activity and no informal help', 'Keine Eigenaktivität und keine informelle Hilfe'],
    [
      'Plan something the client or the people around them can do, or give the reason why that is not possible now.',
      'Planen Sie etwas, das die Klientin, der Klient oder das Umfeld selbst tun kann, oder begründen Sie, warum das jetzt nicht geht.',
    ],
  ),
} as const;

/** A code the agreement may be refused for; the case module, which signs agreements too, has the words for signatures. */
export type ReadinessCode = keyof typeof READINESS | 'client-signature-missing' | 'case-manager-signature-missing';
