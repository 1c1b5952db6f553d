import { type Answers, type Instrument, type Localised, type Score, missingItems, score } from './instrument';
import type { Perspective, PerspectiveKind } from './perspective';

/** One side: who, when, the own scores, and what was left open. */
export type ComparedSide = {
  key: string;
  perspective: PerspectiveKind;
  name: string;
  answeredOn: string;
  onBehalf: boolean;
  scores: Score[];
  unanswered: string[];
};

/** One item with what every side said; `spread` is the distance between the highest and the lowest step. */
export type ComparedItem = {
  item: string;
  dimension: string;
  text: Localised;
  values: Answers;
  differs: boolean;
  spread: number | null;
};

/** The sides next to each other. There is no common value: differences are for talking about (ASMT-2). */
export type Comparison = { sides: ComparedSide[]; items: ComparedItem[] };

/** Puts what several sides answered side by side, item by item; items nobody answered are left out (ASMT-2). */
export function compare(instrument: Instrument, perspectives: readonly Perspective[]): Comparison {
  const sides = perspectives.map(({ key, perspective, respondent, answeredOn, onBehalf, answers }) => ({
    key,
    perspective,
    name: respondent.name,
    answeredOn,
    onBehalf,
    scores: score(instrument, answers),
    unanswered: missingItems(instrument, answers),
  }));
  const items = instrument.sections.flatMap((section) =>
    section.items.flatMap(({ code, type, text }) => {
      const said = perspectives.filter(({ answers }) => Object.hasOwn(answers, code));
      if (said.length === 0) return [];
      const values = said.map(({ answers }) => answers[code]!);
      const steps = values.filter((value) => typeof value === 'number');
      return [
        {
          item: code,
          dimension: section.dimension,
          text,
          values: Object.fromEntries(said.map(({ key, answers }) => [key, answers[code]!])),
          // Own words always differ in wording; whether they do in meaning is for people to say.
          differs: type !== 'text' && new Set(values).size > 1,
          spread: steps.length > 1 ? Math.max(...steps) - Math.min(...steps) : null,
        },
      ];
    }),
  );
  return { sides, items };
}
