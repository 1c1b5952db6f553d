import { randomUUID } from 'node:crypto';
import type { FieldFault } from '../../../shared/domain/errors';

/** How soon a need has to be met. */
export const URGENCIES = ['must_be_secured_now', 'soon', 'later'] as const;
export type Urgency = (typeof URGENCIES)[number];

export const RESOURCE_KINDS = ['personal', 'social', 'material'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export const CODE_SYSTEMS = ['icf', 'icd-10-gm'] as const;
export type CodeSystem = (typeof CODE_SYSTEMS)[number];

/** Forms of codes: a category with optional qualifiers or marks; whether it exists is not checked. */
const CODE_FORMS: Record<CodeSystem, RegExp> = {
  icf: /^([bsd]\d(\d{2}(\d{1,2})?)?(\.[0-489]{1,4})?|e\d(\d{2}(\d{1,2})?)?([.+][0-489])?)$/,
  'icd-10-gm': /^[A-Z]\d{2}(\.(\d{1,2}|\d?-))?[+*!]?[GVAZ]?[RLB]?$/,
};

/** What is lacking (ASMT-4); severity 0 (none) to 4 (complete), as the qualifiers of the ICF. */
export type NeedTerms = {
  id?: string;
  dimension: string;
  statement: string;
  clientWords?: string;
  severity: number;
  urgency: Urgency;
  duration?: string;
  barriersToHelpSoFar?: string;
};

/** What can be built on (ASMT-4), with what it gives, costs and brings about unwanted. */
export type ResourceTerms = {
  id?: string;
  dimension: string;
  kind: ResourceKind;
  statement: string;
  benefit?: string;
  cost?: string;
  sideEffects?: string;
};

/** What a profession found, in its words; coded where wanted. */
export type DiagnosisText = { profession: string; text: string; code?: string; codeSystem?: CodeSystem };

/** The result of an assessment as it comes in (ASMT-4). */
export type ResultTerms = {
  needs: readonly NeedTerms[];
  noNeedReason?: string;
  resources: readonly ResourceTerms[];
  resourcesLookedFor: boolean;
  earlierAttempts?: string;
  predictionWithSupport?: string;
  predictionWithoutSupport?: string;
  supplyGaps?: readonly { needId: string; description: string }[];
  diagnosisTexts?: readonly DiagnosisText[];
};

type Kept<T extends { id?: string }> = {
  [K in keyof Required<T>]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
} & { id: string };
export type Need = Kept<NeedTerms>;
export type Resource = Kept<ResourceTerms>;

/** The result as it is kept: every need and resource has an id, what was not said is null. */
export type Result = {
  needs: readonly Need[];
  noNeedReason: string | null;
  resources: readonly Resource[];
  resourcesLookedFor: boolean;
  earlierAttempts: string | null;
  predictionWithSupport: string | null;
  predictionWithoutSupport: string | null;
  supplyGaps: readonly { needId: string; description: string }[];
  diagnosisTexts: readonly { profession: string; text: string; code: string | null; codeSystem: CodeSystem | null }[];
  recordedBy: string;
  recordedAt: string;
};

/** The result as it is kept. */
export const keptResult = (terms: ResultTerms, by: string, at: string): Result => ({
  needs: terms.needs.map((n) => ({
    id: n.id ?? randomUUID(),
    dimension: n.dimension,
    statement: n.statement,
    clientWords: n.clientWords ?? null,
    severity: n.severity,
    urgency: n.urgency,
    duration: n.duration ?? null,
    barriersToHelpSoFar: n.barriersToHelpSoFar ?? null,
  })),
  noNeedReason: terms.noNeedReason ?? null,
  resources: terms.resources.map((r) => ({
    id: r.id ?? randomUUID(),
    dimension: r.dimension,
    kind: r.kind,
    statement: r.statement,
    benefit: r.benefit ?? null,
    cost: r.cost ?? null,
    sideEffects: r.sideEffects ?? null,
  })),
  resourcesLookedFor: terms.resourcesLookedFor,
  earlierAttempts: terms.earlierAttempts ?? null,
  predictionWithSupport: terms.predictionWithSupport ?? null,
  predictionWithoutSupport: terms.predictionWithoutSupport ?? null,
  supplyGaps: terms.supplyGaps ?? [],
  diagnosisTexts: (terms.diagnosisTexts ?? []).map((d) => ({
    profession: d.profession,
    text: d.text,
    code: d.code ?? null,
    codeSystem: d.codeSystem ?? null,
  })),
  recordedBy: by,
  recordedAt: at,
});

const fault = (pointer: string, code: string, en: string, de: string): FieldFault => ({
  pointer: `#/${pointer}`,
  code,
  detail: { en, de },
});

/** Every field of the result that does not fit the others (ASMT-4). */
export function resultFaults(terms: ResultTerms, dimensions: readonly string[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const lists = { needs: terms.needs, resources: terms.resources };
  for (const [field, entries] of Object.entries(lists))
    entries.forEach(({ id, dimension }, i) => {
      if (!dimensions.includes(dimension))
        faults.push(
          fault(
            `${field}/${i}/dimension`,
            'not-in-instrument',
            'The instrument has no such dimension.',
            'Diese Dimension gibt es im Instrument nicht.',
          ),
        );
      if (id !== undefined && entries.findIndex((e) => e.id === id) !== i)
        faults.push(
          fault(`${field}/${i}/id`, 'id-used-twice', 'This id is used twice.', 'Diese Kennung ist doppelt vergeben.'),
        );
    });
  if (terms.noNeedReason !== undefined && terms.needs.length > 0)
    faults.push(
      fault(
        'noNeedReason',
        'needs-recorded',
        'A reason why there is no need does not go together with needs.',
        'Eine Begründung, warum kein Bedarf besteht, passt nicht zu erfassten Bedarfen.',
      ),
    );
  terms.supplyGaps?.forEach(({ needId }, i) => {
    if (!terms.needs.some(({ id }) => id === needId))
      faults.push(
        fault(
          `supplyGaps/${i}/needId`,
          'need-unknown',
          'Give the need an id and name it here.',
          'Geben Sie dem Bedarf eine Kennung und nennen Sie sie hier.',
        ),
      );
  });
  terms.diagnosisTexts?.forEach(({ code, codeSystem }, i) => {
    if ((code === undefined) !== (codeSystem === undefined))
      faults.push(
        fault(
          `diagnosisTexts/${i}/${code === undefined ? 'code' : 'codeSystem'}`,
          'code-incomplete',
          'A code needs its system, and a system its code.',
          'Zu einem Code gehört sein System und umgekehrt.',
        ),
      );
    else if (code !== undefined && !CODE_FORMS[codeSystem!].test(code))
      faults.push(
        fault(
          `diagnosisTexts/${i}/code`,
          'code-malformed',
          'This does not look like a code of that system, for example d450.2 (ICF) or I63.9 (ICD-10-GM).',
          'Das sieht nicht nach einem Code dieses Systems aus, zum Beispiel d450.2 (ICF) oder I63.9 (ICD-10-GM).',
        ),
      );
  });
  return faults;
}
