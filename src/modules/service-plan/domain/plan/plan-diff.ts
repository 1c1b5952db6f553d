import type { FrozenEdition, Goal, Measure, PlanContent, Removal } from './plan-content';

type Part = Goal | Measure;
/** A goal or measure that is in one of two editions only. */
export type PartEntry = { id: string; label: string };
/** A goal or measure that reads differently: the names of the fields, and how they read before and after. */
export type PartChange = PartEntry & { fields: string[]; before: object; after: object };
export type PartsDiff = {
  added: PartEntry[];
  removed: (PartEntry & { reason: Removal['reason'] | null })[];
  changed: PartChange[];
};

/** PLAN-3: what an edition changes against the one before; the first is compared with nothing. */
export type EditionDiff = {
  edition: number;
  before: number | null;
  reason: string | null;
  frame: { fields: string[]; before: object; after: object };
  goals: PartsDiff;
  measures: PartsDiff;
};

const NOTHING: Pick<PlanContent, 'goals' | 'measures'> = { goals: [], measures: [] };

/** Compares two editions. */
export function diffOf(edition: FrozenEdition, before: FrozenEdition | null): EditionDiff {
  const { goals, measures, removed, revisionReason } = edition.content;
  const earlier = before?.content ?? NOTHING;
  const reasonOf = (id: string) => removed.find((removal) => removal.id === id)?.reason ?? null;
  return {
    edition: edition.edition,
    before: before?.edition ?? null,
    reason: revisionReason,
    frame: changes(frameOf(before?.content), frameOf(edition.content)),
    goals: diffParts(earlier.goals, goals, ({ statement }) => statement, reasonOf),
    measures: diffParts(earlier.measures, measures, ({ title }) => title, reasonOf),
  };
}

const frameOf = (content: PlanContent | undefined) => ({
  planningMode: content?.planningMode ?? null,
  horizon: content?.horizon ?? null,
  subsidiarityReason: content?.subsidiarityReason ?? null,
});

function diffParts<T extends Part>(
  before: readonly T[],
  after: readonly T[],
  label: (part: T) => string,
  reasonOf: (id: string) => Removal['reason'] | null,
): PartsDiff {
  const missingIn = (parts: readonly T[]) => (part: T) => !parts.some(({ id }) => id === part.id);
  return {
    added: after.filter(missingIn(before)).map((part) => ({ id: part.id, label: label(part) })),
    removed: before
      .filter(missingIn(after))
      .map((part) => ({ id: part.id, label: label(part), reason: reasonOf(part.id) })),
    changed: after.flatMap((part) => {
      const earlier = before.find(({ id }) => id === part.id);
      const found = earlier ? changes(earlier, part) : null;
      return found && found.fields.length > 0 ? [{ id: part.id, label: label(part), ...found }] : [];
    }),
  };
}

function changes<T extends object>(before: T, after: T): { fields: string[]; before: object; after: object } {
  const fields = (Object.keys(after) as (keyof T & string)[])
    .filter((field) => canonicalJson(before[field]) !== canonicalJson(after[field]))
    .sort();
  const pick = (from: T) => Object.fromEntries(fields.map((field) => [field, from[field]]));
  return { fields, before: pick(before), after: pick(after) };
}

/**
 * JSON text with the keys of every object in order of their UTF-16 code units and without blanks (RFC 8785): the same for
 * equal values however they were stored. Values of `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, found: unknown) =>
    typeof found === 'object' && found !== null && !Array.isArray(found)
      ? Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
      : found,
  );
}
