import type { FieldFault } from '../../../shared/domain/errors';
import type { ConsentTerms, Giver } from './consent-terms';

/** Somebody on record who may decide for the person today, in the matters (`tasks`) named. */
export type RepresentativeOnRecord = { personId: string; kind: string; tasks: readonly string[] };

/** On these grounds somebody consents for a child, as guardian; on all others for an adult, as representative. */
const OF_CHILDREN = ['parental_custody', 'guardianship_of_minor', 'curatorship'];
/** Whoever decides in one of these matters may consent to data of that category; to all others any of them may. */
const MATTERS: Readonly<Record<string, readonly string[]>> = {
  health: ['health'],
  assessment_result: ['health'],
  finances: ['finances'],
  housing: ['housing', 'residence'],
};

/** Those of today, apart: guardians of a child and representatives of an adult. */
export function representationsOn(
  today: string,
  all: readonly (RepresentativeOnRecord & { from: string; until: string | null })[],
) {
  const valid = all.filter(({ from, until }) => from <= today && (until === null || today <= until));
  const ofChild = ({ kind, tasks }: RepresentativeOnRecord) =>
    OF_CHILDREN.includes(kind) && (kind !== 'curatorship' || tasks.includes('personal_care'));
  return {
    guardians: valid.filter(ofChild).map(({ personId, kind }) => ({ personId, scope: kind })),
    representatives: valid.filter(({ kind }) => !OF_CHILDREN.includes(kind)),
  };
}

/** A representative on record acts on what is recorded. */
export const basisOf = (giver: Giver, representatives: readonly RepresentativeOnRecord[]): string | null => {
  const found = giver.kind === 'representative' && representatives.filter((r) => r.personId === giver.personId);
  return found && found.length > 0 ? found.map(({ kind, tasks }) => `${kind}: ${tasks.join(', ')}`).join('; ') : null;
};

/** As soon as somebody is on record, the consenting representative is one of them, and decides in these matters (BGB § 1815). */
export function representativeFaults(
  { givenBy, alsoBy, categories = [] }: Pick<ConsentTerms, 'givenBy' | 'alsoBy' | 'categories'>,
  representatives: readonly RepresentativeOnRecord[],
): FieldFault[] {
  const givers = [['givenBy', givenBy] as const, ...(alsoBy ? [['alsoBy', alsoBy] as const] : [])];
  return givers.flatMap(([field, giver]) => {
    if (giver.kind !== 'representative') return [];
    const named = giver.personId ?? null;
    if (named === null && representatives.length === 0) return [];
    const pointer = `#/${field}/personId`;
    const own = representatives.filter(({ personId }) => personId === named);
    if (own.length === 0) return [{ pointer, code: 'representative-not-recorded', detail: NOT_RECORDED }];
    const tasks = own.flatMap((one) => one.tasks);
    const beyond = categories.filter(
      (category) => !tasks.includes('general') && !(MATTERS[category] ?? tasks).some((task) => tasks.includes(task)),
    );
    if (beyond.length === 0) return [];
    const list = beyond.join(', ');
    return [
      {
        pointer,
        code: 'matters-not-covered',
        detail: {
          en: `The representation on record does not extend to: ${list}. Leave these out, or ask who decides in them.`,
          de: `Die erfasste rechtliche Vertretung erstreckt sich nicht auf: ${list}. Lassen Sie dies weg oder klären Sie, wer darüber entscheidet.`,
        },
      },
    ];
  });
}

const NOT_RECORDED = {
  en: 'Name a representative who is on record for this person and may decide today, or record the representation first.',
  de: 'Nennen Sie eine rechtliche Vertretung, die für diese Person erfasst ist und heute entscheiden darf, oder erfassen Sie sie zuerst.',
};
