import { refusals } from '../../../../shared/domain/errors';
import { READINESS, says } from './plan-readiness.words';

/** Refusals of the service plan (PLAN-1, PLAN-2, PLAN-3, PLAN-7). */
export const rules = refusals({
  ...READINESS,
  'assessment-result-missing': says(
    ['The assessment has handed over no needs', 'Das Assessment hat keine Bedarfe übergeben'],
    [
      'Complete the assessment first: the plan answers the needs found there.',
      'Schließen Sie zuerst das Assessment ab: Der Plan antwortet auf die dort festgestellten Bedarfe.',
    ],
  ),
  'planning-phase-missing': says(
    ['The case is not being planned', 'Der Fall ist nicht in der Planung'],
    [
      'Move the case to service planning first. Plans are made in service planning, linking and monitoring.',
      'Führen Sie den Fall zuerst in die Serviceplanung. Geplant wird in Serviceplanung, Vermittlung und Monitoring.',
    ],
  ),
  'plan-already-open': says(
    ['There is an open plan already', 'Es gibt bereits einen offenen Plan'],
    [
      'Go on with the open plan of this person; revise it when it is agreed.',
      'Arbeiten Sie am offenen Plan dieser Person weiter; ist er vereinbart, überarbeiten Sie ihn.',
    ],
  ),
  'plan-agreed': says(
    ['The plan is agreed', 'Der Plan ist vereinbart'],
    [
      'An agreed edition does not change. Begin a revision, and have the new edition signed.',
      'Eine vereinbarte Ausgabe ändert sich nicht. Beginnen Sie eine Überarbeitung und lassen Sie die neue Ausgabe unterschreiben.',
    ],
  ),
  'plan-ended': says(
    ['The plan has ended', 'Der Plan ist beendet'],
    [
      'The plan ended with the case. Open a new plan when the case goes on.',
      'Der Plan endete mit dem Fall. Eröffnen Sie einen neuen, wenn der Fall weitergeht.',
    ],
  ),
  'plan-without-agreement': says(
    ['The plan is not agreed', 'Der Plan ist nicht vereinbart'],
    [
      'This needs an edition that client and case manager signed. Bring the draft to its agreement first.',
      'Dafür braucht es eine von beiden Seiten unterschriebene Ausgabe. Vereinbaren Sie zuerst den Entwurf.',
    ],
  ),
  'plan-in-revision': says(
    ['The plan is being revised', 'Der Plan wird bereits überarbeitet'],
    [
      'Finish the revision that has begun; the edition before stays in force until then.',
      'Schließen Sie die begonnene Überarbeitung ab; bis dahin gilt die vorige Ausgabe.',
    ],
  ),
  'plan-not-ready': says(
    ['The plan cannot be agreed yet', 'Der Plan kann noch nicht vereinbart werden'],
    [
      '"unmet" names what is missing, "faults" the goals and measures concerned. Complete the draft and try again.',
      '„unmet“ nennt, was fehlt, „faults“ die betroffenen Ziele und Maßnahmen. Vervollständigen Sie den Entwurf und versuchen Sie es erneut.',
    ],
  ),
  'plan-closing': says(
    ['The help process is ending', 'Der Hilfeprozess endet'],
    [
      'Closing has begun, so nothing new is agreed. Go on to the evaluation.',
      'Der Abschluss hat begonnen, daher wird nichts Neues vereinbart. Gehen Sie zur Evaluation über.',
    ],
  ),
  'plan-full': says(
    ['The plan is full', 'Der Plan ist voll'],
    [
      'A plan holds up to 100 goals and 100 measures. Remove what is no longer needed.',
      'Ein Plan fasst bis zu 100 Ziele und 100 Maßnahmen. Entfernen Sie, was nicht mehr gebraucht wird.',
    ],
  ),
  'measure-not-planned': says(
    ['The measure has begun already', 'Die Maßnahme hat bereits begonnen'],
    [
      'Only a planned measure can be started. Plan a new one if help begins again.',
      'Nur eine geplante Maßnahme kann beginnen. Planen Sie eine neue, wenn die Hilfe erneut beginnt.',
    ],
  ),
  'measure-not-begun': says(
    ['The measure has not begun', 'Die Maßnahme hat noch nicht begonnen'],
    [
      'Start the measure first, or end it as discontinued.',
      'Beginnen Sie zuerst die Maßnahme, oder beenden Sie sie als abgebrochen.',
    ],
  ),
  'measure-ended': says(
    ['The measure has ended', 'Die Maßnahme ist beendet'],
    [
      'A measure ends once. Its outcome stays as recorded.',
      'Eine Maßnahme endet einmal. Ihr Ergebnis bleibt wie erfasst.',
    ],
  ),
  'goal-levels-missing': says(
    ['The levels of attainment are not described', 'Die Stufen der Zielerreichung sind nicht beschrieben'],
    [
      'Levels are described before the period starts: revise the plan, describe −2 to +2 for this goal, and rate from then on.',
      'Die Stufen werden vor Beginn des Zeitraums beschrieben: Überarbeiten Sie den Plan, beschreiben Sie −2 bis +2 zu diesem Ziel und bewerten Sie danach.',
    ],
  ),
  'sign-what-was-read': says(
    ['Sign the draft you have read', 'Unterschreiben Sie den gelesenen Entwurf'],
    [
      'A signature is for what was read: send the ETag of the draft in If-Match, not *.',
      'Unterschrieben wird, was gelesen wurde: Senden Sie in If-Match den ETag des Entwurfs, nicht *.',
    ],
  ),
  'sign-own-side-only': says(
    ['Sign for yourself only', 'Unterschreiben Sie nur für sich selbst'],
    [
      'Clients sign as the client, electronically. Other signatures are recorded by the case manager.',
      'Klientinnen und Klienten unterschreiben elektronisch für sich selbst. Andere Unterschriften erfasst die Fallführung.',
    ],
    403,
  ),
  'rate-own-side-only': says(
    ['Rate from your own side only', 'Bewerten Sie nur aus der eigenen Sicht'],
    [
      'Record your rating as your own: clients as client, providers as provider.',
      'Erfassen Sie Ihre Bewertung als Ihre eigene: als Klientin, Klient oder Leistungserbringer.',
    ],
    403,
  ),
});
