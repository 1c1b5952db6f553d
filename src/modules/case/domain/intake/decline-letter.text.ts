import type { Localised } from '../../../../shared/domain/errors';
import type { DeclineFacts } from './case-request.values';
import type { DeclineReason } from './intake.words';

export const LETTER_LANGUAGES = ['de', 'en'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

const REASONS: Record<DeclineReason, Localised> = {
  not_indicated: {
    en: 'We looked carefully at your situation. Case management is meant for situations in which several conditions come together; not all of them are given in yours:',
    de: 'Wir haben Ihre Situation sorgfältig geprüft. Case Management ist für Situationen gedacht, in denen mehrere Voraussetzungen zusammenkommen; bei Ihnen liegen nicht alle vor:',
  },
  not_competent: {
    en: 'Our organisation is not responsible for your request.',
    de: 'Unsere Einrichtung ist für Ihre Anfrage nicht zuständig.',
  },
  other_lead: {
    en: 'Another service already coordinates the help for you. We do not want to do its work a second time.',
    de: 'Eine andere Stelle stimmt die Hilfen für Sie bereits ab. Diese Arbeit möchten wir nicht doppelt leisten.',
  },
  earlier_history: {
    en: 'We cannot take up your request because of what happened in an earlier contact with our organisation.',
    de: 'Aufgrund der Vorgeschichte mit unserer Einrichtung können wir Ihre Anfrage nicht annehmen.',
  },
  withdrawn_by_person: {
    en: 'You told us that you do not want to go on with your request.',
    de: 'Sie haben uns mitgeteilt, dass Sie Ihre Anfrage nicht weiterverfolgen möchten.',
  },
  capacity: {
    en: 'At present we do not have the capacity to take up your request.',
    de: 'Zurzeit haben wir keine Kapazität, Ihre Anfrage anzunehmen.',
  },
  other: {
    en: 'We cannot take up your request for the reason given below.',
    de: 'Aus dem unten genannten Grund können wir Ihre Anfrage nicht annehmen.',
  },
};

/** What the screening did not find, in words for the person. */
const NOT_FOUND: Record<string, Localised> = {
  complex_need: { en: 'several problems that act on each other', de: 'mehrere Probleme, die aufeinander einwirken' },
  several_providers: {
    en: 'help from several services that has to be coordinated',
    de: 'Hilfen mehrerer Stellen, die aufeinander abzustimmen sind',
  },
  regular_pathways_insufficient: {
    en: 'the regular ways to help do not suffice',
    de: 'die üblichen Hilfswege reichen nicht aus',
  },
  own_resources_insufficient: {
    en: 'you and the people around you cannot coordinate the help without support',
    de: 'Sie und Ihr Umfeld können die Hilfen nicht ohne Unterstützung abstimmen',
  },
  consent_given_or_developing: {
    en: 'you want to take part in case management',
    de: 'Sie möchten am Case Management teilnehmen',
  },
  longer_term: { en: 'help is needed for a longer time', de: 'Unterstützung wird längerfristig gebraucht' },
  not_competent: { en: 'our organisation is responsible', de: 'unsere Einrichtung ist zuständig' },
  other_lead: {
    en: 'no other service coordinates the help already',
    de: 'keine andere Stelle stimmt die Hilfen bereits ab',
  },
};

const WORDS = {
  subject: { en: 'Your request of', de: 'Ihre Anfrage vom' },
  greeting: { en: 'Dear {name},', de: 'Guten Tag {name},' },
  greetingToAnybody: { en: 'Good day,', de: 'Guten Tag,' },
  decided: {
    en: 'on {day} we decided not to take up your request.',
    de: 'am {day} haben wir entschieden, Ihre Anfrage nicht anzunehmen.',
  },
  why: { en: 'Why', de: 'Warum' },
  lead: { en: 'This is', de: 'Das ist' },
  confirmed: {
    en: 'The head of the team has confirmed this decision.',
    de: 'Die Teamleitung hat diese Entscheidung bestätigt.',
  },
  onward: { en: 'Where you can find help', de: 'Wo Sie Hilfe finden' },
  complaint: { en: 'If you do not agree', de: 'Wenn Sie nicht einverstanden sind' },
  again: {
    en: 'If your situation changes, you can turn to us again at any time.',
    de: 'Wenn sich Ihre Situation ändert, können Sie sich jederzeit wieder an uns wenden.',
  },
  farewell: { en: 'Kind regards', de: 'Mit freundlichen Grüßen' },
} satisfies Record<string, Localised>;

/** The day as it stands in a letter: `2 March 2026`, `2. März 2026`. */
const dayIn = (language: LetterLanguage, day: string): string =>
  new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

/**
 * CASE-4: the letter about a decline in Markdown, made of the recorded reasons, the referral onward and the complaint
 * way of the organisation. The explanation stands as it was recorded, in the language it was recorded in.
 */
export function declineLetter(
  facts: DeclineFacts,
  { organisation, text: complaint }: { organisation: string; text: Localised },
  language: LetterLanguage,
  recipient: string | null,
): string {
  const t = (words: Localised) => words[language];
  const unmet = facts.reason === 'not_indicated' ? facts.unmetCriteria.flatMap((code) => NOT_FOUND[code] ?? []) : [];
  const lead = facts.reason === 'other_lead' && facts.otherLead ? `${t(WORDS.lead)}: ${facts.otherLead}.` : null;
  return [
    `# ${t(WORDS.subject)} ${dayIn(language, facts.receivedOn)}`,
    recipient ? t(WORDS.greeting).replace('{name}', () => recipient) : t(WORDS.greetingToAnybody),
    t(WORDS.decided).replace('{day}', dayIn(language, facts.declinedOn)),
    `## ${t(WORDS.why)}`,
    t(REASONS[facts.reason]),
    unmet.length > 0 ? unmet.map((words) => `- ${t(words)}`).join('\n') : null,
    lead,
    facts.explanation,
    facts.confirmed ? t(WORDS.confirmed) : null,
    ...(facts.referredOnTo ? [`## ${t(WORDS.onward)}`, facts.referredOnTo] : []),
    `## ${t(WORDS.complaint)}`,
    t(complaint),
    t(WORDS.again),
    `${t(WORDS.farewell)}  \n${organisation}`,
  ]
    .filter((part) => part !== null)
    .join('\n\n');
}
