/** A text in both languages of the built-in catalogue. */
export type Localised = { de: string; en: string };

/** What a check looks at: the means, the way of working, or what came of it (QA-1, S2 §7.1). */
export type QualityKind = 'structure' | 'process' | 'result';

/** "Doing the right thing": what is offered, what for, on which condition and for whom (S2 §6). */
export type SelectionRecommendation = { what: Localised; whatFor: Localised; condition: Localised; forWhom: Localised };

/** "Doing the right thing right": when, how, by whom, where, with what, how often and with which result (S2 §6). */
export type ExecutionRecommendation = {
  when: Localised;
  how: Localised;
  who: Localised;
  where: Localised;
  withWhat: Localised;
  howOften: Localised;
  result: Localised;
};

/** One requirement, examined either by an automatic rule or by a question to the auditor (QA-1). */
export type StandardCheck = {
  id: string;
  kind: QualityKind;
  source: string;
  text: Localised;
} & ({ rule: string } | { question: Localised });

/** One quality standard: CM 1 … CM 7 or the organisation (QA-1). */
export type Standard = {
  id: string;
  title: Localised;
  selection: SelectionRecommendation;
  execution: ExecutionRecommendation;
  checks: StandardCheck[];
};

/** A version of all standards; a published version never changes (QA-1, QA-3). */
export type Catalogue = { version: string; title: Localised; standards: Standard[] };

const text = (de: string, en: string): Localised => ({ de, en });

const clarification: Standard = {
  id: 'CM1',
  title: text('Klärungsphase: Zugang, Fallauswahl, Aufnahme', 'Clarification: access, case finding, intake'),
  selection: {
    what: text(
      'Kontakt aufnehmen, klären, ob Case Management der passende Weg ist, und die Zusammenarbeit vereinbaren',
      'Make contact, clarify whether case management is the fitting way, and agree on working together',
    ),
    whatFor: text(
      'Aufwendige Steuerung bekommen die Menschen, die sie brauchen und wollen; alle anderen finden ' +
        'schnell den richtigen Weg',
      'Those who need and want such intensive steering get it; everybody else quickly finds the right way',
    ),
    condition: text(
      'Eine Anfrage liegt vor; akute Gefahr ist abgewendet oder wird parallel durch Krisenhilfe bearbeitet',
      'There is a request; acute danger has been averted or is being dealt with by crisis help at the same time',
    ),
    forWhom: text(
      'Menschen in einer längeren, verwickelten Lage mit mehreren Helfenden, für die Regelwege nicht genügen',
      'People in a lasting, entangled situation with several helpers, for whom the regular pathways are not enough',
    ),
  },
  execution: {
    when: text('Vom ersten Kontakt an, vor jeder Bedarfserhebung', 'From the first contact on, before any assessment'),
    how: text(
      'Ruhig zuhören, Gefahr zuerst klären, die sechs Kriterien einzeln mit Begründung prüfen, offen über ' +
        'Rechte, Pflichten und Beschwerdewege sprechen',
      'Listen calmly, deal with danger first, test each of the six criteria with a reason, speak openly ' +
        'about rights, duties and ways to complain',
    ),
    who: text(
      'Qualifizierte Case Managerinnen und Case Manager; bei Ablehnung wegen der Vorgeschichte bestätigt die Teamleitung',
      'Qualified case managers; the team lead confirms a refusal for reasons of earlier history',
    ),
    where: text(
      'An einem geschützten Ort, den die Person ohne Angst und ohne Hürden erreicht, auch zu Hause',
      'In a protected place that the person can reach without fear and barriers, at home if wanted',
    ),
    withWhat: text(
      'Anfragebogen, Kriterienprüfung, Vereinbarung und Einwilligung in verständlicher Sprache, bei Bedarf ' +
        'mit Dolmetschen',
      'Request form, criteria check, agreement and consent in understandable language, with an interpreter if needed',
    ),
    howOften: text(
      'Einmal je Anfrage; erneut, wenn sich die Lage grundlegend ändert',
      'Once per request; again when the situation changes fundamentally',
    ),
    result: text(
      'Eine begründete Entscheidung: unterschriebene Vereinbarung mit Einwilligung oder gut begleitete Weiterleitung',
      'A reasoned decision: a signed agreement with consent, or a well accompanied referral elsewhere',
    ),
  },
  checks: [
    {
      id: 'CM1-01',
      kind: 'process',
      source: 'S2 §4.1, CASE-3',
      rule: 'request-screened',
      text: text(
        'Vor der Aufnahme sind alle sechs Kriterien beantwortet und begründet',
        'All six criteria are answered with a reason before the request is accepted',
      ),
    },
    {
      id: 'CM1-02',
      kind: 'process',
      source: 'S2 §4.2, S3 h3, CASE-2',
      rule: 'danger-addressed-first',
      text: text(
        'Auf akute Gefahr wurde reagiert, bevor die Prüfung abgeschlossen wurde',
        'Acute danger was addressed before the screening was finished',
      ),
    },
    {
      id: 'CM1-03',
      kind: 'process',
      source: 'S2 §5, S0 3.2 phase 1, CASE-5',
      rule: 'agreement-signed-with-consent',
      text: text(
        'Der Fall beginnt mit unterschriebener Vereinbarung und erteilter Einwilligung in die Teilnahme',
        'The case opens with a signed agreement and consent to take part that has been given',
      ),
    },
    {
      id: 'CM1-04',
      kind: 'structure',
      source: 'S3 h2, CASE-1',
      text: text(
        'Zielgruppe, Zugangswege und Aufnahmekriterien sind schriftlich festgelegt und allen Mitarbeitenden bekannt',
        'Target group, ways of access and admission criteria are laid down in writing and known to all staff',
      ),
      question: text(
        'Beschreiben Mitarbeitende Zielgruppe und Kriterien übereinstimmend mit dem schriftlichen Konzept?',
        'Do members of staff describe target group and criteria in line with the written concept?',
      ),
    },
    {
      id: 'CM1-05',
      kind: 'process',
      source: 'S3 h2, CASE-4',
      text: text(
        'Wer abgelehnt wird, erfährt schnell den Grund, eine passende Stelle und den Beschwerdeweg',
        'Whoever is declined soon learns the reason, a service that fits and the way to complain',
      ),
      question: text(
        'Zeigen die abgelehnten Anfragen der Stichprobe Grund, Weiterleitung und Hinweis auf den Beschwerdeweg?',
        'Do the declined requests of the sample show the reason, the onward referral and the complaint way explained?',
      ),
    },
    {
      id: 'CM1-06',
      kind: 'process',
      source: 'S3 h3, CASE-3',
      text: text(
        'Führt schon eine andere Stelle den Fall, wird sie unterstützt und nicht verdoppelt',
        'If another service already leads the case, it is supported and not duplicated',
      ),
      question: text(
        'Wurde nach einer anderen Fallführung gefragt und das Ergebnis festgehalten?',
        'Was it asked whether somebody else leads the case, and was the answer recorded?',
      ),
    },
    {
      id: 'CM1-07',
      kind: 'process',
      source: 'S2 §2, S2 §5, CASE-5',
      text: text(
        'Beteiligte Stellen kennen die koordinierende Rolle; beim begleitenden Modell auch die Trennung der Aufgaben',
        'The parties involved know the coordinating role and, in the accompanying model, how the tasks are split',
      ),
      question: text(
        'Ist belegt, wer wann mit Einwilligung über Modell, Mandat und Rolle informiert wurde?',
        'Is there evidence who was told about model, mandate and role, when and with consent?',
      ),
    },
    {
      id: 'CM1-08',
      kind: 'result',
      source: 'S0 3.2 phase 1, S2 §3, CASE-5',
      text: text(
        'Die Klientin oder der Klient weiß, was Case Management ist, was zu erwarten ist und dass es freiwillig ist',
        'The client knows what case management is, what to expect and that it is voluntary',
      ),
      question: text(
        'Was sagen befragte Klientinnen und Klienten dazu, und deckt es sich mit der Vereinbarung?',
        'What do the clients you asked say about this, and does it match the agreement?',
      ),
    },
  ],
};

const assessment: Standard = {
  id: 'CM2',
  title: text('Assessment: Lebenslage, Ressourcen und Bedarf', 'Assessment: life situation, resources and needs'),
  selection: {
    what: text(
      'Die Lebens- und Versorgungslage der Person und ihres Umfelds gemeinsam und von mehreren Seiten beschreiben',
      'Describe the life and care situation of the person and those around them together and from several sides',
    ),
    whatFor: text(
      'Alle verstehen, was fehlt, was schon trägt und was zuerst gesichert werden muss',
      'Everybody understands what is lacking, what already holds and what has to be made safe first',
    ),
    condition: text(
      'Vereinbarung und Einwilligung liegen vor; die Person ist dazu gerade in der Lage',
      'Agreement and consent are in place, and the person is up to it at the moment',
    ),
    forWhom: text(
      'Die Klientin oder der Klient und, soweit gewünscht, Familie und weitere Vertraute',
      'The client and, as far as wished, family and other people they trust',
    ),
  },
  execution: {
    when: text(
      'Nach der Vereinbarung, mit geplantem Beginn und Ende; erneut bei wesentlicher Veränderung',
      'After the agreement, with a planned start and end; again upon a major change',
    ),
    how: text(
      'Offen fragen statt ausfragen; eigene Sicht, fachliche Sicht und Sicht Dritter nebeneinander stehen ' +
        'lassen; nach Stärken ebenso suchen wie nach Problemen',
      'Ask openly instead of interrogating; let the own, the professional and the third-party view stand ' +
        'side by side; look for strengths as much as for problems',
    ),
    who: text(
      'Fallführung und Klientin oder Klient gemeinsam; andere Professionen, wo ihr Fachwissen gebraucht wird',
      'Case manager and client together; other professions where their knowledge is needed',
    ),
    where: text(
      'Dort, wo ein vertrauliches Gespräch möglich ist, gern im gewohnten Lebensumfeld',
      'Wherever a confidential talk is possible, preferably in familiar surroundings',
    ),
    withWhat: text(
      'Ein einheitliches Instrument über alle Lebensbereiche, Netzwerkkarte, mit Einwilligung vorhandene Befunde',
      'A standard instrument over all life areas, a network map, and existing reports with consent',
    ),
    howOften: text(
      'So oft wie nötig, so kurz wie möglich und ohne zu überfordern; später zur Überprüfung',
      'As often as needed, as briefly as possible and without overburdening; later on as a re-check',
    ),
    result: text(
      'Ein schriftliches, gemeinsam getragenes Bild von Bedarf, Ressourcen und Dringlichkeit',
      'A written picture of needs, resources and urgency that both sides stand by',
    ),
  },
  checks: [
    {
      id: 'CM2-01',
      kind: 'process',
      source: 'S0 3.2 phase 2, S2 §2, ASMT-2, ASMT-5',
      rule: 'perspectives-present',
      text: text(
        'Die Sicht der Klientin oder des Klienten und die fachliche Sicht liegen vor, sonst ein festgehaltener Grund',
        'The client’s and the case manager’s perspective are there, or else a recorded reason',
      ),
    },
    {
      id: 'CM2-02',
      kind: 'result',
      source: 'S2 §5, S1 Assessment, ASMT-5',
      rule: 'needs-and-resources-found',
      text: text(
        'Das Ergebnis nennt Bedarfe und Ressourcen oder begründet, warum nichts davon gefunden wurde',
        'The result names needs and resources or gives the reason why none were found',
      ),
    },
    {
      id: 'CM2-03',
      kind: 'process',
      source: 'S1 Assessment, ASMT-3',
      rule: 'assessment-in-time',
      text: text(
        'Das Assessment war zeitlich geplant und wurde bis zum geplanten Ende abgeschlossen',
        'The assessment was planned in time and completed by its planned end',
      ),
    },
    {
      id: 'CM2-04',
      kind: 'structure',
      source: 'S2 §7.3, S3 h3, ASMT-1',
      text: text(
        'Es gibt ein einheitliches Instrument, das körperliche, seelische, soziale und materielle Seiten erfasst',
        'There is a standard instrument that covers physical, psychological, social and material sides',
      ),
      question: text(
        'Welches Instrument wird in welcher Version benutzt, und sind alle Mitarbeitenden darin eingewiesen?',
        'Which instrument is used in which version, and has all staff been introduced to it?',
      ),
    },
    {
      id: 'CM2-05',
      kind: 'process',
      source: 'S2 §2, ASMT-4',
      text: text(
        'Wünsche und Bedürfnisse stehen in eigenen Worten neben der fachlichen Bewertung',
        'Wishes and wants stand in the person’s own words beside the professional judgement',
      ),
      question: text(
        'Ist die Stimme der Person im Ergebnis erkennbar, auch dort, wo sie von der fachlichen Sicht abweicht?',
        'Can the person’s voice be heard in the result, also where it differs from the professional view?',
      ),
    },
    {
      id: 'CM2-06',
      kind: 'process',
      source: 'S2 §4.2, S3 h3, CASE-1',
      text: text(
        'Sprache, Ort, Tempo und Belastbarkeit der Person wurden berücksichtigt',
        'Language, place, pace and strength of the person were taken into account',
      ),
      question: text(
        'Wurden Dolmetschen, unterstützte Kommunikation oder Pausen angeboten, wo sie nötig waren?',
        'Were interpreting, supported communication or breaks offered where they were needed?',
      ),
    },
    {
      id: 'CM2-07',
      kind: 'process',
      source: 'S2 §5, S0 3.2 phase 5, ASMT-6',
      text: text(
        'Ändert sich die Lage wesentlich, wird der Bedarf neu erhoben und mit dem früheren Stand verglichen',
        'When the situation changes considerably, needs are assessed again and compared with the earlier state',
      ),
      question: text(
        'Gibt es Fälle mit wesentlicher Änderung ohne neues Assessment, und wie wird das begründet?',
        'Are there cases with a major change and no reassessment, and what is the reason given?',
      ),
    },
  ],
};

const servicePlanning: Standard = {
  id: 'CM3',
  title: text('Serviceplanung: Ziele und Unterstützung festlegen', 'Service planning: setting goals and support'),
  selection: {
    what: text(
      'Ziele aushandeln und verbindlich festlegen, wer was bis wann dafür tut',
      'Negotiate goals and settle bindingly who does what by when to reach them',
    ),
    whatFor: text(
      'Alle Beteiligten arbeiten an denselben Zielen, und die Person behält die Richtung in der Hand',
      'All parties work towards the same goals, and the person keeps hold of the direction',
    ),
    condition: text(
      'Ein abgeschlossenes Assessment, mit dem die Person einverstanden ist',
      'A completed assessment the person agrees with',
    ),
    forWhom: text(
      'Die Klientin oder der Klient und alle, die einen Teil der Unterstützung übernehmen',
      'The client and everybody who takes on a part of the support',
    ),
  },
  execution: {
    when: text(
      'Im Anschluss an das Assessment und nach jeder Neuplanung',
      'Following the assessment and after every replanning',
    ),
    how: text(
      'Vom Grundsatzziel über Rahmenziele zu kleinen, prüfbaren Schritten; erst eigene Kräfte und Umfeld, ' +
        'dann Dienste; Hindernisse und einen zweiten Weg bedenken',
      'From the principle over framework goals to small checkable steps; first own strength and ' +
        'surroundings, then services; think of barriers and a second way',
    ),
    who: text(
      'Klientin oder Klient und Fallführung; in der Hilfekonferenz auch Dienste, Kostenträger und Vertraute',
      'Client and case manager; in the conference also services, payers and trusted people',
    ),
    where: text(
      'In einem Rahmen, in dem die Person mitreden kann und sich nicht einer Übermacht gegenübersieht',
      'In a setting in which the person can have a say and is not outnumbered',
    ),
    withWhat: text(
      'Serviceplan mit Zielen, Maßnahmen, Zuständigkeiten, Terminen, Kosten und Merkmalen der Zielerreichung',
      'A service plan with goals, measures, responsibilities, dates, costs and signs of attainment',
    ),
    howOften: text(
      'Ein Plan je Fall, der mit Begründung fortgeschrieben wird; Überprüfung spätestens nach sechs Monaten',
      'One plan per case, carried forward with reasons; reviewed after six months at the latest',
    ),
    result: text(
      'Ein unterschriebener Plan, den die Person versteht und als ihren eigenen ansieht',
      'A signed plan that the person understands and regards as their own',
    ),
  },
  checks: [
    {
      id: 'CM3-01',
      kind: 'process',
      source: 'S2 §5, S1 Planung, PLAN-1',
      rule: 'goals-dated-and-checkable',
      text: text(
        'Jedes Ergebnisziel hat einen Termin und mindestens ein Merkmal, an dem man es prüfen kann',
        'Every outcome goal has a date and at least one sign by which it can be checked',
      ),
    },
    {
      id: 'CM3-02',
      kind: 'process',
      source: 'S1 Planung, S2 §3, PLAN-3',
      rule: 'plan-signed-by-client',
      text: text(
        'Der geltende Plan ist von der Klientin oder dem Klienten unterschrieben',
        'The plan in force is signed by the client',
      ),
    },
    {
      id: 'CM3-03',
      kind: 'structure',
      source: 'S2 §5, S2 §7.3, PLAN-2',
      text: text(
        'Die Planvorlage sieht Zuständigkeit, Zeitbezug, Kosten und Merkmale der Zielerreichung vor',
        'The plan template provides for responsibility, dates, costs and signs of attainment',
      ),
      question: text(
        'Sind die Felder der Vorlage vollständig, und werden sie in den geprüften Plänen ausgefüllt?',
        'Are the fields of the template complete, and are they filled in in the plans you looked at?',
      ),
    },
    {
      id: 'CM3-04',
      kind: 'process',
      source: 'S2 §3, S1 Planung, PLAN-2',
      text: text(
        'Eigene Aktivitäten und Hilfe aus dem Umfeld kommen vor professionellen Diensten in Betracht',
        'Own activities and help from the surroundings are considered before professional services',
      ),
      question: text(
        'Enthalten die Pläne eigene und informelle Beiträge, und ist ihr Fehlen nachvollziehbar begründet?',
        'Do the plans contain own and informal contributions, and is their absence plausibly explained?',
      ),
    },
    {
      id: 'CM3-05',
      kind: 'process',
      source: 'S0 3.2 phase 4, S2 §5, PLAN-4',
      text: text(
        'Die Beteiligten stimmen sich ab, auch abweichende Meinungen sind festgehalten',
        'The parties coordinate, and differing opinions are recorded as well',
      ),
      question: text(
        'Geben die Protokolle wieder, wer dabei war, was beschlossen wurde und wer nicht zustimmte?',
        'Do the minutes show who took part, what was decided and who did not agree?',
      ),
    },
    {
      id: 'CM3-06',
      kind: 'result',
      source: 'S3 h4, PLAN-3',
      text: text(
        'Die Person hat den Plan in einer verstandenen Sprache und erkennt sich darin wieder',
        'The person holds the plan in an understood language and recognises themselves in it',
      ),
      question: text(
        'Können befragte Klientinnen und Klienten ihre Ziele und den nächsten Schritt selbst benennen?',
        'Can the clients you asked name their goals and the next step themselves?',
      ),
    },
  ],
};

const linking: Standard = {
  id: 'CM4',
  title: text('Linking: passende Unterstützung vermitteln', 'Linking: connecting with fitting support'),
  selection: {
    what: text(
      'Die Person mit passenden Diensten und informellen Hilfen verbinden und diese aufeinander abstimmen',
      'Connect the person with fitting services and informal help, and tune these to each other',
    ),
    whatFor: text(
      'Vereinbarte Hilfe kommt wirklich an, und niemand geht zwischen den Stellen verloren',
      'The help agreed upon really arrives, and nobody gets lost between the services',
    ),
    condition: text(
      'Ein vereinbarter Plan und eine Einwilligung für jede Weitergabe von Daten',
      'An agreed plan, and consent for every passing on of data',
    ),
    forWhom: text(
      'Die Klientin oder der Klient; ebenso die Dienste und Helfenden, die einen Auftrag übernehmen',
      'The client, and likewise the services and helpers that take on a task',
    ),
  },
  execution: {
    when: text('Sobald der Plan steht, das Dringende zuerst', 'As soon as the plan stands, urgent matters first'),
    how: text(
      'Angebot erklären, Einwilligung einholen, Platz und Zuständigkeit klären, nur Nötiges weitergeben, ' +
        'Termin sichern, auf Wunsch begleiten, nachfragen',
      'Explain the offer, obtain consent, clarify place and eligibility, pass on only what is necessary, ' +
        'secure a date, come along if wished, follow up',
    ),
    who: text(
      'Die Fallführung als verbindende Stelle, mit klarem Gegenüber beim Dienst',
      'The case manager as the connecting point, with a clear counterpart at the service',
    ),
    where: text(
      'Im Lebensumfeld der Person und bei den Diensten der Region',
      'In the person’s surroundings and at the services of the region',
    ),
    withWhat: text(
      'Verzeichnis der Leistungserbringer, Überweisungsbogen, Schweigepflichtentbindung, Leistungsvereinbarung',
      'Directory of providers, referral form, release from confidentiality, service agreement',
    ),
    howOften: text(
      'Für jede Maßnahme eines Dienstes, bis feststeht, dass die Hilfe begonnen hat',
      'For every measure of a service, until it is certain that the help has started',
    ),
    result: text(
      'Bestätigte, aufeinander abgestimmte Hilfen; fehlende Angebote sind als Lücke gemeldet',
      'Confirmed help that fits together; offers that do not exist are reported as a gap',
    ),
  },
  checks: [
    {
      id: 'CM4-01',
      kind: 'process',
      source: 'S3 h6, S2 §7.1, CONS-3, CONS-5',
      rule: 'consent-before-disclosure',
      text: text(
        'Jede Weitergabe von Daten stützt sich auf eine zuvor gültige Einwilligung oder eine begründete Ausnahme',
        'Every disclosure of data rests on consent valid beforehand or on a justified exception',
      ),
    },
    {
      id: 'CM4-02',
      kind: 'process',
      source: 'S3 h6, S2 §5, PLAN-5',
      rule: 'referrals-followed-up',
      text: text(
        'Bei jeder Vermittlung wurde nachgefragt, ob die Hilfe angekommen ist',
        'For every referral it was followed up whether the help arrived',
      ),
    },
    {
      id: 'CM4-03',
      kind: 'structure',
      source: 'S3 h6, NET-1, NET-3',
      text: text(
        'Verzeichnis, Überweisungsbogen und Absprachen zum Vermittlungsweg sind vorhanden und aktuell',
        'Directory, referral form and arrangements on the way of referral exist and are up to date',
      ),
      question: text(
        'Wann wurden die Angaben zu den meistgenutzten Leistungserbringern zuletzt bestätigt?',
        'When were the entries of the most used providers last confirmed?',
      ),
    },
    {
      id: 'CM4-04',
      kind: 'process',
      source: 'S3 h6, S2 §3, PLAN-5',
      text: text(
        'Die Person kennt das Angebot, hat die Wahl und entscheidet, wer beteiligt wird',
        'The person knows the offer, has a choice and decides who gets involved',
      ),
      question: text(
        'Woran ist zu sehen, dass Alternativen erklärt und Wünsche beachtet wurden?',
        'What shows that alternatives were explained and wishes respected?',
      ),
    },
    {
      id: 'CM4-05',
      kind: 'process',
      source: 'S1 Organisation, PLAN-5',
      text: text(
        'Mit Leistungserbringern sind Umfang, Ziel, Zeitraum und Preis der Hilfe vereinbart',
        'Scope, goal, period and price of the help are agreed with the providers',
      ),
      question: text(
        'Liegen zu den laufenden Leistungen der Stichprobe Vereinbarungen vor, die zum Plan passen?',
        'Are there agreements for the running services of the sample, and do they match the plan?',
      ),
    },
    {
      id: 'CM4-06',
      kind: 'result',
      source: 'S2 §3, S2 §5, PLAN-2, PLAN-5',
      text: text(
        'Formelle und informelle Hilfen passen zur Person und greifen ineinander',
        'Formal and informal help suit the person and work hand in hand',
      ),
      question: text(
        'Berichten Klientinnen, Klienten und Dienste von Doppelungen, Lücken oder Brüchen an den Übergängen?',
        'Do clients and services report duplication, gaps or breaks at the points of transition?',
      ),
    },
  ],
};

const monitoring: Standard = {
  id: 'CM5',
  title: text('Monitoring: Hilfen sichern, prüfen und steuern', 'Monitoring: securing, checking and steering help'),
  selection: {
    what: text(
      'Den Verlauf begleiten, die vereinbarten Hilfen überprüfen und rechtzeitig nachsteuern',
      'Follow the course, check the help agreed upon and adjust in time',
    ),
    whatFor: text(
      'Hilfe bleibt wirksam und passend, auch wenn sich das Leben ändert',
      'Help stays effective and fitting, also when life changes',
    ),
    condition: text('Mindestens eine vereinbarte Maßnahme läuft', 'At least one agreed measure is running'),
    forWhom: text(
      'Die Klientin oder der Klient und alle, die eine Maßnahme übernommen haben',
      'The client and everybody who has taken on a measure',
    ),
  },
  execution: {
    when: text(
      'Vom Beginn der ersten Maßnahme bis zur abschließenden Überprüfung',
      'From the start of the first measure until the final review',
    ),
    how: text(
      'Je Maßnahme und Ziel fragen: kommt sie wie vereinbart, wirkt sie, nimmt die Person sie an, klappt ' +
        'die Zusammenarbeit; bei Abweichung entscheiden',
      'Ask for each measure and goal: does it come as agreed, does it work, does the person accept it, ' +
        'does the cooperation run; decide upon deviation',
    ),
    who: text(
      'Die Fallführung mit der Klientin oder dem Klienten; Dienste berichten',
      'The case manager with the client; services report',
    ),
    where: text(
      'Im direkten Kontakt, am Ort der Hilfe oder telefonisch, wie vereinbart',
      'In direct contact, at the place of help or by phone, as agreed',
    ),
    withWhat: text(
      'Serviceplan, Kontaktrhythmus, Berichte, Skala der Zielerreichung, Wiedervorlagen',
      'Service plan, contact rhythm, reports, goal attainment scale, follow-ups',
    ),
    howOften: text(
      'Im vereinbarten Rhythmus; außerplanmäßig, wenn nichts vorangeht oder sich etwas ändert',
      'In the agreed rhythm; out of turn when nothing moves on or something changes',
    ),
    result: text(
      'Ein aktueller Plan und für jede Abweichung eine begründete Entscheidung',
      'A plan that is up to date and a reasoned decision for every deviation',
    ),
  },
  checks: [
    {
      id: 'CM5-01',
      kind: 'process',
      source: 'S1 Planung, S3 h7, PLAN-6',
      rule: 'reviews-on-time',
      text: text(
        'Die Überprüfungen fanden bis zum festgelegten Termin statt',
        'The reviews took place by the date that had been set',
      ),
    },
    {
      id: 'CM5-02',
      kind: 'structure',
      source: 'S3 h7, PLAN-3, PLAN-6',
      text: text(
        'Es ist geregelt, wie oft überprüft wird, mit welchem Werkzeug und wie die Person beteiligt ist',
        'It is laid down how often reviews take place, with which tool and how the person takes part',
      ),
      question: text(
        'Richtet sich der Rhythmus erkennbar nach Bedarf und Fortschritt statt nach einem festen Schema?',
        'Does the rhythm visibly follow need and progress instead of a fixed scheme?',
      ),
    },
    {
      id: 'CM5-03',
      kind: 'process',
      source: 'S2 §5, S0 3.2 phase 5, PLAN-6',
      text: text(
        'Auf jede Abweichung folgt eine Entscheidung: weiter, anpassen, neu planen, neu erheben oder beraten',
        'Every deviation leads to a decision: continue, adjust, replan, reassess or confer',
      ),
      question: text(
        'Ist bei den Abweichungen der Stichprobe nachvollziehbar, wer was warum entschieden hat?',
        'For the deviations in the sample, is it clear who decided what and why?',
      ),
    },
    {
      id: 'CM5-04',
      kind: 'process',
      source: 'S3 h7, S2 §3, PLAN-6',
      text: text(
        'Die Person ist an jeder Überprüfung beteiligt und sagt selbst, wie es läuft',
        'The person takes part in every review and says themselves how things are going',
      ),
      question: text(
        'Steht in den Überprüfungen die Einschätzung der Person und nicht nur die der Dienste?',
        'Do the reviews hold the person’s own view and not only that of the services?',
      ),
    },
    {
      id: 'CM5-05',
      kind: 'process',
      source: 'S3 h7, PLAN-6',
      text: text(
        'Geht es nicht voran, wird zeitnah gemeinsam nach den Gründen gesucht',
        'When nothing moves on, the reasons are soon looked for together',
      ),
      question: text(
        'Gibt es Fälle mit langem Stillstand, und was wurde dort unternommen?',
        'Are there cases with a long standstill, and what was done about it?',
      ),
    },
    {
      id: 'CM5-06',
      kind: 'result',
      source: 'S2 §7.1, PLAN-7',
      text: text(
        'Der Grad der Zielerreichung wird wiederholt gemessen und zeigt den Verlauf',
        'Goal attainment is measured repeatedly and shows the course',
      ),
      question: text(
        'Lässt sich je Ziel ein Verlauf ablesen, und wird er mit der Person besprochen?',
        'Can a course be read for each goal, and is it talked over with the person?',
      ),
    },
  ],
};

const evaluation: Standard = {
  id: 'CM6',
  title: text('Evaluation: bewerten und abschließen', 'Evaluation: assessing the outcome and closing'),
  selection: {
    what: text(
      'Verlauf und Ergebnis gemeinsam bewerten, gut abschließen und übergeben, was weiterläuft',
      'Judge course and outcome together, close well and hand over what carries on',
    ),
    whatFor: text(
      'Die Person weiß, was sie erreicht hat und wie es weitergeht; Organisation und Region lernen daraus',
      'The person knows what they have achieved and what comes next; organisation and region learn from it',
    ),
    condition: text(
      'Abschließende Überprüfung, Widerruf der Einwilligung oder dauerhaft verlorener Kontakt',
      'A final review, withdrawn consent or contact lost for good',
    ),
    forWhom: text(
      'Die Klientin oder der Klient, beteiligte Dienste, die eigene Organisation und die regionale Planung',
      'The client, the services involved, the own organisation and regional planning',
    ),
  },
  execution: {
    when: text(
      'Am Ende des Hilfeprozesses, vor dem Schließen des Falls',
      'At the end of the help process, before the case is closed',
    ),
    how: text(
      'Gemeinsam zurückblicken: was hat sich geändert, was hat geholfen, was bleibt nötig, stand der ' +
        'Aufwand dafür; offen auch über Misslungenes sprechen',
      'Look back together: what has changed, what helped, what remains necessary, was it worth the effort; ' +
        'speak openly of failures too',
    ),
    who: text(
      'Alle Beteiligten bewerten: Klientin oder Klient, Fallführung, Dienste und auf Wunsch Vertraute',
      'All parties give their rating: client, case manager, services and, if wished, trusted people',
    ),
    where: text(
      'Bei einem eigenen Termin mit der Person, gern im Kreis der Beteiligten',
      'At a meeting of its own with the person, gladly in the circle of those involved',
    ),
    withWhat: text(
      'Evaluationsbogen, Zielerreichung, Aufwand an Zeit und Kosten, Übergabebericht',
      'Evaluation form, goal attainment, effort in time and cost, handover summary',
    ),
    howOften: text(
      'Einmal zum Abschluss; danach nur, wenn Nachsorge vereinbart ist',
      'Once at the end; afterwards only if aftercare has been agreed',
    ),
    result: text(
      'Eine festgehaltene Bewertung aus allen Sichten, geregelte Nachsorge und Hinweise für das Netzwerk',
      'A recorded rating from every side, settled aftercare and lessons for the network',
    ),
  },
  checks: [
    {
      id: 'CM6-01',
      kind: 'process',
      source: 'S0 3.2 phase 6, S2 §5, PLAN-8',
      rule: 'evaluated-by-all-parties',
      text: text(
        'Klientin oder Klient, Fallführung und beteiligte Dienste haben das Ergebnis bewertet',
        'Client, case manager and the services involved have rated the outcome',
      ),
    },
    {
      id: 'CM6-02',
      kind: 'structure',
      source: 'S2 §7.1, S2 §7.3, QA-6',
      text: text(
        'Für die Evaluation gibt es ein einheitliches Instrument und festgelegte Kennzahlen',
        'There is a standard instrument for evaluation and a set of fixed indicators',
      ),
      question: text(
        'Werden Zielerreichung und Abbrüche einheitlich erfasst und regelmäßig betrachtet?',
        'Are goal attainment and drop-outs recorded uniformly and looked at regularly?',
      ),
    },
    {
      id: 'CM6-03',
      kind: 'process',
      source: 'S0 3.2 phase 6, PLAN-8',
      text: text(
        'Der Abschluss wurde mit der Person besprochen und ihr nicht nur mitgeteilt',
        'The ending was talked over with the person and not merely announced',
      ),
      question: text(
        'Fand ein Abschlussgespräch statt, und wenn nicht, was wurde dafür versucht?',
        'Did a closing talk take place, and if not, what was tried to have one?',
      ),
    },
    {
      id: 'CM6-04',
      kind: 'process',
      source: 'S2 §5, PLAN-8, CASE-12',
      text: text(
        'Was weiter nötig ist, wurde an Regeldienste oder Umfeld übergeben',
        'Whatever remains necessary was handed over to regular services or the surroundings',
      ),
      question: text(
        'Ist für jeden offenen Bedarf benannt, wer sich ab jetzt kümmert?',
        'Is it named for every open need who looks after it from now on?',
      ),
    },
    {
      id: 'CM6-05',
      kind: 'result',
      source: 'S0 3.2 phase 6, PLAN-7, PLAN-8',
      text: text('Erfolg und Aufwand sind einander gegenübergestellt', 'Success and effort are set against each other'),
      question: text(
        'Welche Veränderung steht dem Einsatz an Zeit und Kosten gegenüber, und wie wird sie belegt?',
        'Which change stands against the time and cost spent, and what is the evidence for it?',
      ),
    },
    {
      id: 'CM6-06',
      kind: 'result',
      source: 'S2 §3, S2 §5, PLAN-8, NET-5',
      text: text(
        'Erfahrungen aus dem Fall fließen in Organisation und regionale Planung ein',
        'What was learnt in the case flows into the organisation and regional planning',
      ),
      question: text(
        'Welche Erkenntnisse aus abgeschlossenen Fällen haben im letzten Jahr etwas verändert?',
        'Which insights from closed cases have changed something in the past year?',
      ),
    },
  ],
};

const network: Standard = {
  id: 'CM7',
  title: text(
    'Institutionelles Netzwerk: aufbauen, pflegen, steuern',
    'Institutional network: building, maintaining, steering',
  ),
  selection: {
    what: text(
      'Ein regionales Netz aus Diensten und informellen Hilfen aufbauen, pflegen und weiterentwickeln',
      'Build, maintain and develop a regional network of services and informal help',
    ),
    whatFor: text(
      'Im Einzelfall stehen verlässliche Wege bereit, und Lücken der Versorgung werden sichtbar und kleiner',
      'Reliable ways are ready for the single case, and gaps in supply become visible and smaller',
    ),
    condition: text(
      'Die Zuständigkeit für die Netzwerkebene ist benannt und mit Zeit ausgestattet',
      'Responsibility for the network level is named and given the time for it',
    ),
    forWhom: text(
      'Menschen mit Unterstützungsbedarf in der Region, Dienste, Kostenträger und Initiativen',
      'People in the region who need support, services, payers and initiatives',
    ),
  },
  execution: {
    when: text('Fortlaufend und unabhängig vom einzelnen Fall', 'Continuously and independently of the single case'),
    how: text(
      'Sozialraum erkunden, Partner gewinnen, gemeinsame Ziele und Wege verabreden, Erfahrungen aus Fällen ' +
        'zurückmelden, auf Menschen ohne Zugang zugehen',
      'Explore the social space, win partners, arrange common goals and ways, feed back experience from ' +
        'cases, reach out to people without access',
    ),
    who: text(
      'Netzwerkverantwortliche im Austausch mit den Case Managerinnen und Case Managern und der Leitung',
      'Those in charge of the network, in exchange with the case managers and the leadership',
    ),
    where: text(
      'In der Region: bei Partnern, in Gremien und an den Orten des Alltags',
      'In the region: with partners, in committees and at the places of everyday life',
    ),
    withWhat: text(
      'Verzeichnis der Leistungserbringer, Kooperationsvereinbarungen, Auswertung von Lücken, Sozialraumanalyse',
      'Directory of providers, cooperation agreements, analysis of gaps, social-space analysis',
    ),
    howOften: text(
      'In regelmäßigen Treffen; Verzeichnis und Vereinbarungen werden in festen Abständen überprüft',
      'In regular meetings; directory and agreements are checked at fixed intervals',
    ),
    result: text(
      'Tragfähige Kooperationen, aktuelle Angebote und belegte Vorschläge für die Planung',
      'Sound cooperation, up-to-date offers and well-founded proposals for planning',
    ),
  },
  checks: [
    {
      id: 'CM7-01',
      kind: 'structure',
      source: 'S2 §7.2, NET-6',
      text: text(
        'Netzwerk- und Fallebene haben je eine benannte Zuständigkeit mit abgestimmter Kommunikation',
        'Network level and case level each have a named responsibility with coordinated communication',
      ),
      question: text(
        'Wer verantwortet das Netzwerk, mit wie viel Zeit, und wissen Partner davon?',
        'Who is in charge of the network, with how much time, and do partners know?',
      ),
    },
    {
      id: 'CM7-02',
      kind: 'structure',
      source: 'S2 §7.1, S3 h6, NET-3',
      text: text(
        'Mit wichtigen Partnern gibt es gültige Vereinbarungen mit Ansprechperson und Antwortfrist',
        'There are valid agreements with important partners that name a contact and a response time',
      ),
      question: text(
        'Fehlen Vereinbarungen mit Partnern, an die oft vermittelt wird, oder sind welche abgelaufen?',
        'Are agreements missing with partners who often receive referrals, or have any expired?',
      ),
    },
    {
      id: 'CM7-03',
      kind: 'structure',
      source: 'S2 §5, S0 3.3, NET-1',
      text: text(
        'Das Verzeichnis umfasst auch Selbsthilfe, Nachbarschaft und Ehrenamt',
        'The directory also covers self-help, neighbourhood and volunteering',
      ),
      question: text(
        'Wie groß ist der Anteil informeller Angebote, und werden sie tatsächlich genutzt?',
        'How large is the share of informal offers, and are they really used?',
      ),
    },
    {
      id: 'CM7-04',
      kind: 'process',
      source: 'S2 §5, NET-5',
      text: text(
        'Erfahrungen aus Fällen werden planmäßig auf Versorgungslücken ausgewertet',
        'Experience from cases is analysed systematically for gaps in supply',
      ),
      question: text(
        'Auf welchem Weg gelangt eine Lücke vom Fall zur Auswertung, ohne dass Personen erkennbar werden?',
        'Which way does a gap take from the case to the analysis without persons becoming recognisable?',
      ),
    },
    {
      id: 'CM7-05',
      kind: 'process',
      source: 'S2 §5, NET-6',
      text: text(
        'Der Sozialraum wird untersucht, und Menschen ohne Zugang werden aufgesucht',
        'The social space is studied, and people without access are reached out to',
      ),
      question: text(
        'Welche Gruppen erreicht die Organisation bisher nicht, und was tut sie dafür?',
        'Which groups does the organisation not reach so far, and what is it doing about it?',
      ),
    },
    {
      id: 'CM7-06',
      kind: 'process',
      source: 'S0 3.3, NET-4',
      text: text(
        'Die Zusammenarbeit mit Partnern wird regelmäßig gemeinsam bewertet',
        'The cooperation with partners is regularly reviewed together',
      ),
      question: text(
        'Werden Antwortzeiten, Wartezeiten und Rückmeldungen mit den Partnern besprochen?',
        'Are response times, waiting times and feedback discussed with the partners?',
      ),
    },
    {
      id: 'CM7-07',
      kind: 'result',
      source: 'S0 3.3, S2 §5, NET-5',
      text: text(
        'Erkannte Lücken führen zu neuen oder besser passenden Angeboten',
        'Gaps that were found lead to new or better fitting offers',
      ),
      question: text(
        'Welche Lücke wurde zuletzt geschlossen, und wer war daran beteiligt?',
        'Which gap was closed most recently, and who took part in it?',
      ),
    },
  ],
};

const organisation: Standard = {
  id: 'ORG',
  title: text('Die Organisation, die Case Management trägt', 'The organisation that carries case management'),
  selection: {
    what: text(
      'Case Management in Aufbau, Abläufen und Qualitätsmanagement der Organisation verankern',
      'Anchor case management in the structure, procedures and quality management of the organisation',
    ),
    whatFor: text(
      'Case Managerinnen und Case Manager können im Einzelfall vom Üblichen abweichen und haben dafür Auftrag und Rückhalt',
      'Case managers can depart from the usual in the single case, with the mandate and backing to do so',
    ),
    condition: text(
      'Die Leitung will Case Management und verantwortet, dass sich die Organisation dafür verändert',
      'The leadership wants case management and answers for the organisation changing for it',
    ),
    forWhom: text(
      'Mitarbeitende und Leitung, Partner im Netz und damit alle Menschen, die begleitet werden',
      'Staff and leadership, partners in the network and thereby all the people supported',
    ),
  },
  execution: {
    when: text('Vor der Einführung und danach dauerhaft', 'Before the introduction and permanently afterwards'),
    how: text(
      'Zweck, Ablauf, Rollen und Entscheidungswege schriftlich festlegen, Befugnisse übertragen, ' +
        'Rollenkonflikte regeln, Qualität messen und verbessern',
      'Lay down purpose, process, roles and decision ways in writing, delegate powers, settle role ' +
        'conflicts, measure and improve quality',
    ),
    who: text(
      'Die Leitung gemeinsam mit den Case Managerinnen und Case Managern, die den Kernprozess am besten kennen',
      'The leadership together with the case managers, who know the core process best',
    ),
    where: text(
      'Über Bereichs- und Hierarchiegrenzen hinweg und an den Schnittstellen nach außen',
      'Across departments and hierarchies and at the interfaces to the outside',
    ),
    withWhat: text(
      'Schriftliches Konzept, Stellen- und Mandatsbeschreibung, Dokumentationssystem, Kennzahlen, ' +
        'Beschwerde- und Rückmeldewege',
      'Written concept, job and mandate descriptions, documentation system, indicators, ways for ' +
        'complaints and feedback',
    ),
    howOften: text(
      'Überprüfung in festen Abständen und nach wesentlichen Änderungen',
      'Reviewed at fixed intervals and after major changes',
    ),
    result: text(
      'Eine lernende Organisation, die Einzelfälle gut steuert und aus ihnen Verbesserungen ableitet',
      'A learning organisation that steers single cases well and derives improvements from them',
    ),
  },
  checks: [
    {
      id: 'ORG-01',
      kind: 'structure',
      source: 'S2 §7.1, CASE-7',
      text: text(
        'Für die Zahl der Fälle je fallführender Person gilt eine festgelegte Grenze, gewichtet nach Aufwand',
        'A fixed limit, weighted by intensity, applies to the number of cases per case manager',
      ),
      question: text(
        'Wo lag die Fallzahl im Prüfzeitraum über der Grenze, und hat die Teamleitung das begründet?',
        'Where was the caseload above the limit in the audit period, and did the team lead give a reason?',
      ),
    },
    {
      id: 'ORG-02',
      kind: 'structure',
      source: 'S2 §7.1, S0 ch. 6, CASE-7, QA-8',
      text: text(
        'Wer Fälle führt, ist dafür qualifiziert und bildet sich regelmäßig fort',
        'Whoever leads cases is qualified for it and keeps up regular training',
      ),
      question: text(
        'Liegt für jede fallführende Person ein gültiger Nachweis vor, und welche Fortbildung gab es im letzten Jahr?',
        'Is there a valid record for everyone leading cases, and which training took place in the past year?',
      ),
    },
    {
      id: 'ORG-03',
      kind: 'structure',
      source: 'S2 §7.2, QA-8',
      text: text(
        'Ein schriftliches Konzept nennt Zweck, Ablauf, Rollen, Entscheidungswege und Schnittstellen',
        'A written concept names purpose, process, roles, decision ways and interfaces',
      ),
      question: text(
        'Ist die geltende Fassung allen Mitarbeitenden und den wichtigen Partnern zugänglich?',
        'Is the version in force available to all staff and to the important partners?',
      ),
    },
    {
      id: 'ORG-04',
      kind: 'structure',
      source: 'S2 §7.2, QA-8',
      text: text(
        'Mandat und Befugnisse sind klar, und bei Rollenkonflikten ist der Weg nach oben geregelt',
        'Mandate and powers are clear, and the way of escalation for role conflicts is settled',
      ),
      question: text(
        'Was dürfen Case Managerinnen und Case Manager selbst entscheiden, und wie wurde der letzte Rollenkonflikt gelöst?',
        'What may case managers decide themselves, and how was the latest role conflict solved?',
      ),
    },
    {
      id: 'ORG-05',
      kind: 'process',
      source: 'S2 §7.1, S3 h5, QA-7',
      text: text(
        'Rückmeldungen und Beschwerden werden ernst genommen, bearbeitet und beantwortet',
        'Feedback and complaints are taken seriously, dealt with and answered',
      ),
      question: text(
        'Wie lange dauerte es bis zur Antwort, und was wurde daraufhin geändert?',
        'How long did it take to answer, and what was changed as a consequence?',
      ),
    },
    {
      id: 'ORG-06',
      kind: 'process',
      source: 'S2 §7.1, S2 §7.3, S3 h5, CONS-6',
      text: text(
        'Dokumentation und Datenschutz sind geregelt und werden im Alltag eingehalten',
        'Documentation and data protection are laid down and kept in daily work',
      ),
      question: text(
        'Wer hat Zugriff auf welche Falldaten, und werden Auskunft und Löschung fristgerecht erledigt?',
        'Who has access to which case data, and are access requests and erasure handled in time?',
      ),
    },
    {
      id: 'ORG-07',
      kind: 'process',
      source: 'S3 h5, S0 ch. 5, QA-8',
      text: text(
        'Mitarbeitende haben Supervision, kollegiale Beratung und eine Ansprechperson in schwierigen Lagen',
        'Staff have supervision, peer counselling and somebody to turn to in difficult situations',
      ),
      question: text(
        'Wie oft fanden Supervision und kollegiale Beratung statt, und wer nimmt daran teil?',
        'How often did supervision and peer counselling take place, and who attends?',
      ),
    },
    {
      id: 'ORG-08',
      kind: 'result',
      source: 'S2 §7.1, S2 §7.3, QA-6',
      text: text(
        'Zusammengefasste Falldaten werden ausgewertet und führen zu Verbesserungen',
        'Aggregated case data are analysed and lead to improvements',
      ),
      question: text(
        'Welche Kennzahl hat sich verändert, was waren die Gründe, und was wurde beschlossen?',
        'Which indicator has changed, what were the reasons, and what was decided?',
      ),
    },
  ],
};

/**
 * The built-in quality catalogue (QA-1): CM 1 … CM 7 and the organisation. Recommendations and checks are written in our
 * own words in the structure of S2 §6; what S2 leaves open comes from S0, S1 and S3. Every check cites its source and
 * the rule of the domain catalogue it examines.
 */
export const catalogue: Catalogue = {
  version: '2026.1',
  title: text(
    'Qualitätsstandards Case Management nach den Leitlinien der DGCC 2026',
    'Quality standards of case management after the DGCC guidelines 2026',
  ),
  standards: [clarification, assessment, servicePlanning, linking, monitoring, evaluation, network, organisation],
};
