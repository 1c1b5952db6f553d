import { Anchor, Band, Instrument, InstrumentSection, Localised } from './instrument';

/** The texts of one life area; every scale has five steps, from 0 to 4. */
type LifeArea = {
  dimension: string;
  title: Localised;
  description: Localised;
  need: Localised;
  needSteps: [Localised, Localised, Localised, Localised, Localised];
  resource: Localised;
  priority: Localised;
  note: Localised;
};

const text = (de: string, en: string): Localised => ({ de, en });

const resourceSteps = [
  text('Da ist im Moment nichts, worauf ich bauen kann', 'Right now there is nothing I can build on'),
  text('Da ist ein wenig, worauf ich bauen kann', 'There is a little I can build on'),
  text('Einiges ist da und hilft manchmal', 'There is something, and it helps at times'),
  text('Vieles ist da und hilft meistens', 'There is a lot, and it helps most of the time'),
  text('Sehr viel ist da, darauf kann ich mich verlassen', 'There is a great deal, and I can rely on it'),
];

const prioritySteps = [
  text('Daran möchte ich jetzt nichts ändern', 'I do not want to change anything here now'),
  text('Das kann warten', 'This can wait'),
  text('Das soll in den nächsten Monaten besser werden', 'This should get better in the next few months'),
  text('Das ist mir wichtig und soll bald angegangen werden', 'This matters to me and should be tackled soon'),
  text('Das muss sofort gesichert werden', 'This must be made safe right away'),
];

const needBands: Band[] = [
  { from: 0, to: 0.49, code: 'none', text: text('kein Bedarf', 'no need') },
  { from: 0.5, to: 1.49, code: 'low', text: text('geringer Bedarf', 'low need') },
  { from: 1.5, to: 2.49, code: 'moderate', text: text('mittlerer Bedarf', 'moderate need') },
  { from: 2.5, to: 3.49, code: 'high', text: text('hoher Bedarf', 'high need') },
  { from: 3.5, to: 4, code: 'very_high', text: text('sehr hoher Bedarf', 'very high need') },
];

const resourceBands: Band[] = [
  { from: 0, to: 0.49, code: 'none', text: text('keine Ressourcen sichtbar', 'no resources in sight') },
  { from: 0.5, to: 1.49, code: 'few', text: text('wenige Ressourcen', 'few resources') },
  { from: 1.5, to: 2.49, code: 'some', text: text('einige Ressourcen', 'some resources') },
  { from: 2.5, to: 3.49, code: 'many', text: text('viele Ressourcen', 'many resources') },
  { from: 3.5, to: 4, code: 'very_many', text: text('sehr viele Ressourcen', 'very many resources') },
];

const priorityBands: Band[] = [
  { from: 0, to: 0.99, code: 'no_change_wanted', text: text('keine Änderung gewünscht', 'no change wanted') },
  { from: 1, to: 1.99, code: 'can_wait', text: text('kann warten', 'can wait') },
  { from: 2, to: 2.99, code: 'coming_months', text: text('in den nächsten Monaten', 'in the coming months') },
  { from: 3, to: 3.99, code: 'soon', text: text('bald', 'soon') },
  { from: 4, to: 4, code: 'secure_now', text: text('sofort sichern', 'secure now') },
];

const lifeAreas: LifeArea[] = [
  {
    dimension: 'learning_and_applying_knowledge',
    title: text('Lernen und Wissensanwendung', 'Learning and applying knowledge'),
    description: text(
      'Hier geht es ums Verstehen und Lernen: aufmerksam sein, lesen, schreiben, rechnen, nachdenken, sich entscheiden.',
      'This is about understanding and learning: paying attention, reading, writing, doing sums, thinking, deciding.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um Neues zu verstehen, sich etwas zu merken oder eine Entscheidung zu treffen?',
      'How much help do you need to understand new things, to remember them or to make a decision?',
    ),
    needSteps: [
      text('Ich verstehe und lerne, was ich im Alltag brauche', 'I understand and learn what I need day to day'),
      text('Bei schwierigen Texten oder Zahlen frage ich nach', 'I ask someone about difficult texts or figures'),
      text('Neues muss mir öfter jemand erklären', 'Someone often has to explain new things to me'),
      text('Das meiste verstehe ich nur, wenn mir jemand dabei hilft', 'I understand most things only with help'),
      text(
        'Andere müssen für mich lesen, rechnen und mitdenken',
        'Others have to read, count and think things through for me',
      ),
    ],
    resource: text(
      'Wie viel hilft Ihnen schon beim Lernen und Verstehen: das, was Sie gut können, und Menschen, die gut erklären?',
      'How much already helps you to learn and understand: what you are good at, and people who explain things well?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, leichter zu lernen, zu verstehen oder zu entscheiden?',
      'How important is it to you now to find learning, understanding or deciding easier?',
    ),
    note: text(
      'Was fällt Ihnen beim Lernen und Verstehen schwer? Erzählen Sie es mit Ihren Worten.',
      'What do you find hard about learning and understanding? Please say it in your own words.',
    ),
  },
  {
    dimension: 'general_tasks_and_demands',
    title: text('Allgemeine Aufgaben und Anforderungen', 'General tasks and demands'),
    description: text(
      'Hier geht es um Ihren Tag: Aufgaben beginnen und beenden, den Tag einteilen, mit Druck und Aufregung umgehen.',
      'This is about your day: starting and finishing tasks, planning your time, coping with pressure and upset.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um Ihren Tag zu ordnen, Aufgaben zu schaffen und Belastungen auszuhalten?',
      'How much help do you need to organise your day, get things done and cope with stress?',
    ),
    needSteps: [
      text('Ich bekomme meinen Tag gut hin', 'I manage my day well'),
      text('An vollen Tagen wird es mir manchmal zu viel', 'On busy days it sometimes gets too much for me'),
      text(
        'Vieles bleibt liegen, weil mir Kraft oder Überblick fehlt',
        'A lot is left undone for lack of strength or overview',
      ),
      text('Ohne Unterstützung komme ich kaum durch den Tag', 'I hardly get through the day without support'),
      text(
        'Der Alltag ist mir entglitten, das muss gerade jemand auffangen',
        'My days have slipped out of my hands and someone has to step in',
      ),
    ],
    resource: text(
      'Wie viel gibt Ihrem Tag schon Halt: feste Gewohnheiten, eigene Kraft, Menschen, die mit anpacken?',
      'How much already holds your day together: routines, your own strength, people who lend a hand?',
    ),
    priority: text(
      'Wie dringend möchten Sie im Alltag mehr Ruhe und Ordnung gewinnen?',
      'How urgent is it for you to bring more calm and order into your days?',
    ),
    note: text(
      'Wann wird Ihnen der Tag zu viel, und was passiert dann? Schreiben Sie es so, wie Sie es erleben.',
      'When does your day become too much, and what happens then? Write it the way you experience it.',
    ),
  },
  {
    dimension: 'communication',
    title: text('Kommunikation', 'Communication'),
    description: text(
      'Hier geht es ums Verstehen und Verstandenwerden: sprechen, zuhören, Briefe, Telefon, Handy, andere Sprachen.',
      'This is about understanding and being understood: talking, listening, letters, phone, mobile, other languages.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um andere zu verstehen und selbst verstanden zu werden?',
      'How much help do you need to understand other people and to be understood by them?',
    ),
    needSteps: [
      text('Ich kann mich gut verständigen', 'I can make myself understood well'),
      text(
        'Bei Ämtern oder Ärzten verstehe ich nicht alles',
        'At offices or the doctor’s I do not understand everything',
      ),
      text('Bei wichtigen Gesprächen und Briefen brauche ich Hilfe', 'I need help with important talks and letters'),
      text(
        'Ich werde oft nicht verstanden oder verstehe andere nicht',
        'People often do not understand me, or I do not understand them',
      ),
      text(
        'Ohne Übersetzung oder Hilfsmittel geht es gar nicht',
        'Without an interpreter or an aid it does not work at all',
      ),
    ],
    resource: text(
      'Wie viel hilft Ihnen schon, sich zu verständigen: Sprachen, Handy, Hilfsmittel, jemand, der übersetzt?',
      'How much already helps you to communicate: languages, a phone, aids, someone who interprets for you?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, sich besser verständigen zu können?',
      'How important is it to you now to be able to communicate better?',
    ),
    note: text(
      'In welchen Gesprächen oder bei welchen Briefen klappt es nicht? Ein Beispiel genügt.',
      'In which talks or with which letters does it not work? One example is enough.',
    ),
  },
  {
    dimension: 'mobility',
    title: text('Mobilität', 'Mobility'),
    description: text(
      'Hier geht es um Bewegung: aufstehen, gehen, Treppen, etwas tragen, Bus und Bahn, selbst fahren.',
      'This is about moving: getting up, walking, stairs, carrying things, bus and train, driving.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um sich zu bewegen und dorthin zu kommen, wohin Sie müssen oder möchten?',
      'How much help do you need to move and to get to where you have to or would like to go?',
    ),
    needSteps: [
      text('Ich komme überall hin, wohin ich will', 'I get everywhere I want to go'),
      text('Weite Wege oder Treppen strengen mich an', 'Long ways or stairs wear me out'),
      text('Für manche Wege brauche ich Begleitung oder ein Hilfsmittel', 'For some trips I need company or an aid'),
      text('Allein komme ich kaum aus der Wohnung', 'I hardly get out of my home on my own'),
      text('Auch in der Wohnung kann ich mich nicht allein bewegen', 'Even at home I cannot move about on my own'),
    ],
    resource: text(
      'Wie viel bringt Sie schon voran: Gehhilfe, Rad, Auto, Fahrkarte, jemand, der Sie mitnimmt oder begleitet?',
      'How much already gets you around: a walking aid, bike, car, ticket, someone who gives you a lift or comes along?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, beweglicher zu werden oder leichter ans Ziel zu kommen?',
      'How important is it to you now to move more freely or to get around more easily?',
    ),
    note: text(
      'Welche Wege oder Bewegungen schaffen Sie nicht so, wie Sie möchten?',
      'Which trips or movements can you not manage the way you would like to?',
    ),
  },
  {
    dimension: 'self_care',
    title: text('Selbstversorgung', 'Self-care'),
    description: text(
      'Hier geht es um die Sorge für sich selbst: waschen, anziehen, Toilette, essen und trinken, auf die Gesundheit achten.',
      'This is about looking after yourself: washing, dressing, toilet, eating and drinking, minding your health.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie beim Waschen, Anziehen und Essen und dabei, gesund zu bleiben?',
      'How much help do you need with washing, dressing and eating and with staying healthy?',
    ),
    needSteps: [
      text('Ich versorge mich selbst', 'I look after myself'),
      text('Ich schaffe alles, aber langsam oder mit Mühe', 'I manage everything, but slowly or with effort'),
      text('Bei einzelnen Dingen muss mir jemand helfen', 'Someone has to help me with some things'),
      text('Ich brauche jeden Tag Hilfe für Körper und Gesundheit', 'I need help for my body and health every day'),
      text('Ich bin rund um die Uhr auf andere angewiesen', 'I depend on others around the clock'),
    ],
    resource: text(
      'Wie viel trägt schon dazu bei, dass Sie gut versorgt sind: eigenes Können, Hilfsmittel, Angehörige, Pflegedienst?',
      'How much already helps you to be well looked after: your own skills, aids, relatives, a care service?',
    ),
    priority: text(
      'Wie dringend muss sich bei Ihrer Pflege und Gesundheit etwas ändern?',
      'How urgent is a change in your care and your health?',
    ),
    note: text(
      'Wobei brauchen Sie Hilfe am Körper oder für Ihre Gesundheit? Nur so viel, wie Sie erzählen möchten.',
      'What do you need help with for your body or your health? Only as much as you wish to tell.',
    ),
  },
  {
    dimension: 'domestic_life',
    title: text('Häusliches Leben', 'Domestic life'),
    description: text(
      'Hier geht es ums Zuhause: eine Wohnung haben, einkaufen, kochen, putzen, reparieren, für andere im Haushalt sorgen.',
      'This is about home: having a place to live, shopping, cooking, cleaning, repairs, caring for others who live with you.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um sicher zu wohnen und Ihren Haushalt zu führen?',
      'How much help do you need to have a safe home and to run your household?',
    ),
    needSteps: [
      text('Zuhause läuft es', 'Things run well at home'),
      text('Schwere Arbeiten im Haushalt fallen mir schwer', 'I find heavy housework difficult'),
      text(
        'Einkaufen, Kochen oder Putzen schaffe ich nur zum Teil',
        'I only manage part of the shopping, cooking or cleaning',
      ),
      text('Den Haushalt müssen überwiegend andere machen', 'Others have to do most of the housework'),
      text(
        'Ich habe keine sichere Wohnung oder kann dort so nicht bleiben',
        'I have no safe home or cannot stay there like this',
      ),
    ],
    resource: text(
      'Wie viel ist bei Ihnen zuhause schon gut: die Wohnung, ein Garten, jemand, der mithilft, die Nachbarn?',
      'How much is already good about your home: the place itself, a garden, someone who helps, the neighbours?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, dass sich beim Wohnen oder im Haushalt etwas ändert?',
      'How important is it to you now that something changes about your home or your household?',
    ),
    note: text(
      'Was macht Ihnen beim Wohnen oder im Haushalt Sorgen? Beschreiben Sie es einfach so, wie es ist.',
      'What worries you about your home or your household? Just describe it as it is.',
    ),
  },
  {
    dimension: 'interpersonal_relationships',
    title: text('Interpersonelle Interaktionen und Beziehungen', 'Interpersonal interactions and relationships'),
    description: text(
      'Hier geht es um die Menschen um Sie herum: Partner, Kinder, Eltern, Freunde, Nachbarn, Fachleute.',
      'This is about the people around you: partner, children, parents, friends, neighbours, professionals.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um mit den Menschen in Ihrem Leben gut auszukommen und nicht allein zu sein?',
      'How much help do you need to get on with the people in your life and not to be alone?',
    ),
    needSteps: [
      text('Meine Beziehungen tun mir gut', 'My relationships do me good'),
      text('Ab und zu gibt es Streit, oder ich fühle mich allein', 'Now and then there are quarrels, or I feel alone'),
      text('Streit oder Einsamkeit belasten mich oft', 'Quarrels or loneliness often weigh on me'),
      text('Wichtige Beziehungen drohen zu zerbrechen', 'Important relationships are about to break'),
      text(
        'Ich habe niemanden oder fühle mich bei anderen nicht sicher',
        'I have nobody, or I do not feel safe with others',
      ),
    ],
    resource: text(
      'Wie sehr können Sie auf Menschen zählen, die für Sie da sind und bei denen Sie sich wohl und sicher fühlen?',
      'How far can you count on people who are there for you and with whom you feel at ease and safe?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, dass sich in Familie, Freundschaft oder Partnerschaft etwas ändert?',
      'How important is it to you now that something changes with your family, friends or partner?',
    ),
    note: text(
      'Welche Beziehung macht Ihnen Kummer, und was wünschen Sie sich?',
      'Which relationship troubles you, and what do you wish for?',
    ),
  },
  {
    dimension: 'major_life_areas',
    title: text('Bedeutende Lebensbereiche', 'Major life areas'),
    description: text(
      'Hier geht es um Schule, Ausbildung, Arbeit und Geld: Einkommen, Anträge, Rechnungen, Schulden.',
      'This is about school, training, work and money: income, applications, bills, debts.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie bei Schule, Ausbildung oder Arbeit und damit Ihr Geld reicht?',
      'How much help do you need with school, training or work and with making ends meet?',
    ),
    needSteps: [
      text('Arbeit oder Schule und Geld sind geregelt', 'Work or school and money are settled'),
      text('Im Großen und Ganzen geht es, einzelne Fragen sind offen', 'All in all it works, a few questions are open'),
      text('Arbeit, Schule oder Geld machen mir oft Sorgen', 'Work, school or money often worry me'),
      text(
        'Ich habe keine Arbeit, verliere sie gerade oder das Geld reicht nicht',
        'I have no work, am losing it, or money does not last',
      ),
      text(
        'Mir fehlt das Nötigste, oder die Schulden wachsen mir über den Kopf',
        'I lack the bare essentials, or my debts are drowning me',
      ),
    ],
    resource: text(
      'Wie viel bringen Sie schon mit: Beruf, Abschluss, Erfahrung, ein Einkommen, gute Kontakte?',
      'How much do you already bring along: a trade, a qualification, experience, an income, good contacts?',
    ),
    priority: text(
      'Wie dringend ist es für Sie, bei Arbeit, Schule oder Geld weiterzukommen?',
      'How urgent is it for you to get ahead with work, school or money?',
    ),
    note: text(
      'Was ist bei Arbeit, Schule oder Geld gerade schwierig, und was haben Sie schon versucht?',
      'What is difficult about work, school or money at the moment, and what have you already tried?',
    ),
  },
  {
    dimension: 'community_social_and_civic_life',
    title: text('Gemeinschafts-, soziales und staatsbürgerliches Leben', 'Community, social and civic life'),
    description: text(
      'Hier geht es ums Dazugehören: Freizeit, Verein, Glaube, Nachbarschaft, Ehrenamt, wählen, eigene Rechte.',
      'This is about belonging: leisure, clubs, faith, neighbourhood, volunteering, voting, your rights.',
    ),
    need: text(
      'Wie viel Hilfe brauchen Sie, um mitzumachen, wo Sie möchten, und zu Ihrem Recht zu kommen?',
      'How much help do you need to take part where you would like to and to get what is yours by right?',
    ),
    needSteps: [
      text('Ich mache mit, wo ich möchte', 'I take part where I like'),
      text('Ich würde gern etwas öfter unter Leute gehen', 'I would like to go out among people a bit more often'),
      text('Vieles, was mir Freude macht, geht gerade nicht', 'Much of what I enjoy is not possible at the moment'),
      text('Ich bin fast nirgends mehr dabei', 'I am hardly part of anything any more'),
      text(
        'Ich bin ganz ausgeschlossen, oder meine Rechte werden verletzt',
        'I am shut out completely, or my rights are being violated',
      ),
    ],
    resource: text(
      'Wie viel gibt es schon, wo Sie dazugehören oder leicht dazukommen könnten: Gruppe, Verein, Gemeinde, Treffpunkt?',
      'How much is there already where you belong or could easily join in: a group, club, congregation, meeting place?',
    ),
    priority: text(
      'Wie wichtig ist es Ihnen jetzt, wieder mehr dabei zu sein?',
      'How important is it to you now to be part of things again?',
    ),
    note: text(
      'Wobei wären Sie gern dabei, und was hält Sie davon ab?',
      'What would you like to be part of, and what keeps you from it?',
    ),
  },
];

const anchors = (steps: Localised[]): Anchor[] => steps.map((step, value) => ({ value, text: step }));

function section(area: LifeArea, index: number): InstrumentSection {
  const code = `d${index + 1}`;
  const scale = { type: 'scale' as const, min: 0, max: 4 };
  return {
    code,
    dimension: area.dimension,
    title: area.title,
    description: area.description,
    items: [
      { code: `${code}.need`, ...scale, text: area.need, anchors: anchors(area.needSteps) },
      { code: `${code}.resource`, ...scale, text: area.resource, anchors: anchors(resourceSteps) },
      { code: `${code}.priority`, ...scale, text: area.priority, anchors: anchors(prioritySteps) },
      { code: `${code}.note`, type: 'text', text: area.note, showWhen: { item: `${code}.need`, atLeast: 1 } },
    ],
  };
}

/**
 * The built-in instrument (ASMT-1): need, resource, priority and own words in each of the nine life areas, answered by
 * the client, the case manager and third parties (ASMT-2). All questions and steps are our own work; only the nine
 * headings are taken from § 118 (1) SGB IX, which follows the chapters d1–d9 of the ICF.
 */
export const nineLifeAreas: Instrument = {
  code: 'nine-life-areas',
  version: '1.0.0',
  title: text('Neun Lebensbereiche', 'Nine life areas'),
  description: text(
    'Ein Gespräch über das ganze Leben, nicht nur über ein Problem. In jedem Bereich geht es darum, was Sie brauchen, ' +
      'was schon da ist und was Ihnen jetzt wichtig ist. Es gibt keine falschen Antworten, und Sie dürfen Fragen ' +
      'auslassen. Wer für eine andere Person antwortet, meint mit „Sie“ und „ich“ immer diese Person.',
    'A conversation about your whole life, not just about one problem. For each area it asks what you need, what is ' +
      'already there and what matters to you now. There are no wrong answers, and you may skip questions. Whoever ' +
      'answers about somebody else reads “you” and “I” as that person.',
  ),
  licence:
    'Apache-2.0. Questions and steps: own work of the Lotse project. Section headings: § 118 (1) SGB IX (official ' +
    'work, § 5 UrhG), after the chapters d1–d9 of the ICF (World Health Organization).',
  languages: ['de', 'en'],
  perspectives: ['client', 'case_manager', 'third_party'],
  sections: lifeAreas.map(section),
  scoring: [
    { code: 'need', function: 'mean', item: 'need', bands: needBands },
    { code: 'resource', function: 'mean', item: 'resource', bands: resourceBands },
    { code: 'priority', function: 'max', item: 'priority', bands: priorityBands },
  ],
};
