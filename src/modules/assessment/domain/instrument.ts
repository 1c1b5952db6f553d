/** A text in both languages of the built-in content. */
export type Localised = { de: string; en: string };

/** A named step of a scale, so that a number means the same to everybody who answers. */
export type Anchor = { value: number; text: Localised };

/** One question; with `showWhen` it is only asked once the other item was answered at least that high. */
export type InstrumentItem = {
  code: string;
  type: 'scale' | 'text' | 'boolean';
  text: Localised;
  min?: number;
  max?: number;
  anchors?: Anchor[];
  showWhen?: { item: string; atLeast: number };
};

/** One dimension of an instrument, for the nine life areas `d1` … `d9`. */
export type InstrumentSection = {
  code: string;
  dimension: string;
  title: Localised;
  description: Localised;
  items: InstrumentItem[];
};

/** A named part of the value range; both ends belong to the band. */
export type Band = { from: number; to: number; code: string; text: Localised };

/**
 * One scoring rule. `item` is the last part of the item codes it takes in: `need` stands for `d1.need` … `d9.need`.
 * Values have two digits, so a band that ends at 0.49 is followed by one that begins at 0.5.
 */
export type ScoringRule = {
  code: 'need' | 'resource' | 'priority';
  function: 'mean' | 'max' | 'sum';
  item: string;
  bands: Band[];
};

/** A versioned questionnaire; instruments are data, not code (ASMT-1). */
export type Instrument = {
  code: string;
  version: string;
  title: Localised;
  description: Localised;
  licence: string;
  languages: ('de' | 'en')[];
  perspectives: ('client' | 'case_manager' | 'third_party')[];
  sections: InstrumentSection[];
  scoring: ScoringRule[];
};

/** What one person answered, by item code. */
export type Answers = Record<string, number | string | boolean>;

export type AnswerProblem = { item: string; problem: 'unknown_item' | 'out_of_range' | 'wrong_type' };

/** A result of one scoring rule, for one section or (`section: null`) over the whole instrument. */
export type Score = { code: string; section: string | null; value: number; band: string };

/** Tells which answers do not fit the instrument (ASMT-1); an empty list means that all of them do. */
export function checkAnswers(instrument: Instrument, answers: Answers): AnswerProblem[] {
  const items = new Map(allItems(instrument).map((item) => [item.code, item]));
  return Object.entries(answers).flatMap(([code, answer]) => {
    const problem = problemOf(items.get(code), answer);
    return problem ? [{ item: code, problem }] : [];
  });
}

/** Lists the scale items that are shown and not answered yet, in the order of the instrument (ASMT-1, ASMT-5). */
export function missingItems(instrument: Instrument, answers: Answers): string[] {
  return allItems(instrument)
    .filter((item) => item.type === 'scale' && isShown(item, answers) && !Object.hasOwn(answers, item.code))
    .map((item) => item.code);
}

/**
 * Computes every scoring rule per section and over the whole instrument (ASMT-1), rounded half up to two digits.
 * Only valid answers to shown items count. What nobody answered has no score: nothing said is not "no need".
 */
export function score(instrument: Instrument, answers: Answers): Score[] {
  return instrument.scoring.flatMap((rule) => {
    const sections = instrument.sections.map((section) => ({
      section: section.code as string | null,
      values: valuesOf(section, rule, answers),
    }));
    const overall = { section: null, values: sections.flatMap(({ values }) => values) };
    return [...sections, overall]
      .filter(({ values }) => values.length > 0)
      .map(({ section, values }) => {
        const value = roundHalfUp(combine(rule.function, values));
        return { code: rule.code, section, value, band: bandOf(rule.bands, value) };
      });
  });
}

function allItems(instrument: Instrument): InstrumentItem[] {
  return instrument.sections.flatMap((section) => section.items);
}

function problemOf(item: InstrumentItem | undefined, answer: unknown): AnswerProblem['problem'] | null {
  if (!item) return 'unknown_item';
  if (item.type === 'text') return typeof answer === 'string' ? null : 'wrong_type';
  if (item.type === 'boolean') return typeof answer === 'boolean' ? null : 'wrong_type';
  // a scale has whole steps only
  if (typeof answer !== 'number' || !Number.isInteger(answer)) return 'wrong_type';
  return answer < (item.min ?? -Infinity) || answer > (item.max ?? Infinity) ? 'out_of_range' : null;
}

function isShown(item: InstrumentItem, answers: Answers): boolean {
  if (!item.showWhen) return true;
  if (!Object.hasOwn(answers, item.showWhen.item)) return false;
  const answer = answers[item.showWhen.item];
  return typeof answer === 'number' && answer >= item.showWhen.atLeast;
}

function valuesOf(section: InstrumentSection, rule: ScoringRule, answers: Answers): number[] {
  return section.items
    .filter((item) => item.type === 'scale' && item.code.split('.').at(-1) === rule.item && isShown(item, answers))
    .filter((item) => Object.hasOwn(answers, item.code) && problemOf(item, answers[item.code]) === null)
    .map((item) => answers[item.code] as number);
}

function combine(how: ScoringRule['function'], values: number[]): number {
  if (how === 'max') return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return how === 'sum' ? sum : sum / values.length;
}

/** `toPrecision` takes out the noise of binary fractions first: 1.005 * 100 is 100.49999999999999. */
function roundHalfUp(value: number): number {
  return Math.round(Number((value * 100).toPrecision(12))) / 100;
}

function bandOf(bands: Band[], value: number): string {
  return bands.find((band) => value >= band.from && value <= band.to)?.code ?? '';
}
