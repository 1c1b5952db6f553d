import { ALSO_IN_OWN_WORDS, CODED_FIELDS, GERMAN, OWN_ACCOUNT } from './german.words';

/** A text in both languages of the documents. */
export type Bilingual = { readonly en: string; readonly de: string };
export type Language = keyof Bilingual;

/** The copy of everything held on a person, as docs/personal-data-export.schema.json describes it. */
export type PersonalDataDocument = {
  format: 'lotse-personal-data';
  formatVersion: 1;
  madeAt: string;
  organisationId: string;
  subjectRequestId: string;
  person: { id: string; [field: string]: unknown };
  purposes: readonly Bilingual[];
  sources: readonly Bilingual[];
  rights: readonly Bilingual[];
  holdings: readonly {
    table: string;
    label: Bilingual;
    retention: { class: string } & Bilingual;
    columns: readonly { name: string; kind: string; label: Bilingual }[];
    rows: readonly Readonly<Record<string, unknown>>[];
  }[];
  recipients: readonly {
    passedOnAt: string;
    flow: string;
    purpose: string;
    categories: readonly string[];
    basis: string;
    kind: string;
    name: string;
  }[];
  accesses: readonly { on: string; purpose: string; action: string; resourceType: string; times: number }[];
  redacted: { otherPersons: number; staff: number };
};

export const PURPOSES_OF_USE: readonly Bilingual[] = [
  {
    en: 'Case management: to clarify the situation, to assess needs and resources, to plan help with the person, to arrange and follow it, and to evaluate it.',
    de: 'Case Management: die Situation zu klären, Bedarfe und Ressourcen einzuschätzen, Hilfe gemeinsam zu planen, zu vermitteln und zu begleiten und sie auszuwerten.',
  },
  {
    en: 'Proof: consents, what was passed on, decisions and agreements are documented because the law asks for it.',
    de: 'Nachweis: Einwilligungen, Weitergaben, Entscheidungen und Vereinbarungen werden dokumentiert, weil das Gesetz es verlangt.',
  },
  {
    en: 'Quality: the organisation checks whether it works by its standards, and plans the network of help from figures without names.',
    de: 'Qualität: Die Organisation prüft, ob sie nach ihren Standards arbeitet, und plant das Hilfenetz mit Zahlen ohne Namen.',
  },
];

export const SOURCES: readonly Bilingual[] = [
  {
    en: 'From the person, and from guardians or representatives: talks, forms, the own account.',
    de: 'Von der Person selbst und von Sorgeberechtigten oder Bevollmächtigten: Gespräche, Formulare, der eigene Zugang.',
  },
  {
    en: 'From whoever made the first request: "asked by" of each request says who that was.',
    de: 'Von der Stelle der ersten Anfrage: „Angefragt von“ nennt sie bei jeder Anfrage.',
  },
  {
    en: 'From providers, third parties and assessments of other services, as far as the records name them; from staff who observed and wrote it down.',
    de: 'Von Leistungserbringern, Dritten und Assessments anderer Dienste, soweit die Datensätze sie nennen; von Fachkräften, die etwas beobachtet und aufgeschrieben haben.',
  },
];

export const RIGHTS: readonly Bilingual[] = [
  {
    en: 'You may have wrong data corrected (Art. 16 GDPR), and have data erased that is no longer needed (Art. 17) or restricted (Art. 18).',
    de: 'Sie können unrichtige Daten berichtigen lassen (Art. 16 DSGVO) und nicht mehr benötigte Daten löschen (Art. 17) oder ihre Verarbeitung einschränken lassen (Art. 18).',
  },
  {
    en: 'You may object to the processing on grounds of your particular situation (Art. 21), and withdraw every consent at any time with effect for the future (Art. 7 (3)).',
    de: 'Sie können der Verarbeitung aus Gründen Ihrer besonderen Situation widersprechen (Art. 21) und jede Einwilligung jederzeit für die Zukunft widerrufen (Art. 7 Abs. 3).',
  },
  {
    en: 'You may receive the data in a machine-readable form (Art. 20); it comes with this document.',
    de: 'Sie können die Daten in maschinenlesbarer Form erhalten (Art. 20); sie gehören zu diesem Dokument.',
  },
  {
    en: 'You may complain to the data protection officer of the organisation and to the supervisory authority (Art. 77).',
    de: 'Sie können sich bei der oder dem Datenschutzbeauftragten der Organisation und bei der Aufsichtsbehörde beschweren (Art. 77).',
  },
];

/** How long data of a class is kept, in general; the rules of the organisation say it exactly. */
export const RETENTION: Readonly<Record<string, Bilingual>> = {
  case_file: {
    en: 'until the period for case files of this field of practice after the end of the case',
    de: 'bis zum Ablauf der Frist für Fallakten dieses Handlungsfelds nach Fallende',
  },
  medical_record: {
    en: 'ten years after the end of the treatment (sec. 630f BGB)',
    de: 'zehn Jahre nach Ende der Behandlung (§ 630f BGB)',
  },
  consent_record: {
    en: 'as long as the processing, then three years to the end of the year, as proof',
    de: 'solange die Verarbeitung dauert, danach drei Jahre zum Jahresende, als Nachweis',
  },
  intake: {
    en: 'six months where no case came of it, otherwise with the file of the case',
    de: 'sechs Monate, wenn kein Fall daraus wurde, sonst mit der Fallakte',
  },
  person: { en: 'as long as a file needs it', de: 'solange eine Akte es benötigt' },
  export: { en: 'seven days', de: 'sieben Tage' },
};

/** Words of the document. */
export const WORDS = {
  title: { en: 'Your data: a copy of what is held', de: 'Ihre Daten: Kopie der gespeicherten Angaben' },
  subtitle: {
    en: 'Access under Art. 15 GDPR and sec. 83 SGB X',
    de: 'Auskunft nach Art. 15 DSGVO und § 83 SGB X',
  },
  madeOn: { en: 'Made on', de: 'Erstellt am' },
  request: { en: 'Request', de: 'Antrag' },
  who: { en: 'Who you are', de: 'Angaben zur Person' },
  purposes: { en: 'What the data is used for', de: 'Wozu die Daten verwendet werden' },
  sources: { en: 'Where the data comes from', de: 'Woher die Daten stammen' },
  recipients: { en: 'Who was given data', de: 'An wen Daten weitergegeben wurden' },
  nobody: { en: 'Nothing was passed on.', de: 'Es wurde nichts weitergegeben.' },
  holdings: { en: 'What is held', de: 'Was gespeichert ist' },
  kept: { en: 'Kept', de: 'Aufbewahrt' },
  accesses: { en: 'Who read it', de: 'Wer die Daten gelesen hat' },
  accessesNote: {
    en: 'Told by day and purpose. Who of the staff it was is on record and checked by the data protection officer; their names are theirs.',
    de: 'Nach Tag und Zweck. Welche Fachkraft es war, ist festgehalten und wird von der oder dem Datenschutzbeauftragten geprüft; ihre Namen sind deren eigene Daten.',
  },
  unread: { en: 'Nobody read it.', de: 'Niemand hat sie gelesen.' },
  rights: { en: 'Your rights', de: 'Ihre Rechte' },
  redacted: {
    en: 'Names of other persons were replaced by […], accounts of staff by numbers (staff-1, staff-2 …), because their rights count as well (Art. 15 (4) GDPR).',
    de: 'Namen anderer Personen sind durch […] ersetzt, Zugänge von Fachkräften durch Nummern (staff-1, staff-2 …), weil auch deren Rechte zählen (Art. 15 Abs. 4 DSGVO).',
  },
  page: { en: 'Page', de: 'Seite' },
  of: { en: 'of', de: 'von' },
  entry: { en: 'No.', de: 'Nr.' },
  day: { en: 'Day', de: 'Tag' },
  recipient: { en: 'Recipient', de: 'Empfänger' },
  purpose: { en: 'Purpose', de: 'Zweck' },
  what: { en: 'What', de: 'Was' },
  basis: { en: 'Basis', de: 'Grundlage' },
  times: { en: 'Times', de: 'Anzahl' },
  yes: { en: 'yes', de: 'ja' },
  no: { en: 'no', de: 'nein' },
} as const satisfies Record<string, Bilingual>;

/** A field name or code as words: `birthDate` is "birth date". A code may mean something of its own in its field. */
export const wordOf = (word: string, language: Language, field?: string): string =>
  (language === 'de' ? (german(`${field}:${word}`) ?? german(word)) : undefined) ??
  word.replace(/[_-]/g, ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const german = (word: string): string | undefined => (Object.hasOwn(GERMAN, word) ? GERMAN[word] : undefined);

/** Whether a text is a code of its field; whatever people wrote themselves stays as they wrote it. */
export function isCode(text: string, field: string): boolean {
  if (text === OWN_ACCOUNT) return true;
  if (!CODED_FIELDS.has(field) || german(text) === undefined) return false;
  // A single word may be the client's own; nobody writes `goals_achieved`.
  const words = Object.hasOwn(ALSO_IN_OWN_WORDS, field) ? ALSO_IN_OWN_WORDS[field]! : null;
  return words === null || words.includes(text) || !/^[a-z]+$/.test(text);
}
