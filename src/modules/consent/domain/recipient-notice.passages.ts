/** Who was given data, as the disclosure register says; the name is the one of the consent relied on. */
export type NoticeRecipient = {
  readonly kind: 'organisation' | 'person';
  readonly id: string;
  readonly name: string | null;
};

/** What a recipient holds: data of a case that went with one thing (a referral, an invitation) on one consent. */
export type Passage = {
  readonly caseId: string;
  readonly flow: string;
  /** The referral, conference, plan … it went with: by its number the recipient finds it too. */
  readonly sourceId: string;
  /** Null after an erasure. */
  readonly consentId: string | null;
  /** Empty after an erasure. */
  readonly categories: readonly string[];
  /** The last day it was passed on, YYYY-MM-DD; null after an erasure. */
  readonly lastOn: string | null;
};

/** One entry of the disclosure register. */
export type Passed = { readonly recipient: NoticeRecipient; readonly passage: Passage };
export type GivenTo = { readonly recipient: NoticeRecipient; readonly passages: readonly Passage[] };

export const sameRecipient = (one: NoticeRecipient, other: NoticeRecipient): boolean =>
  one.kind === other.kind && one.id === other.id;

/** Every recipient once, with what they hold; `passed` in the order of time. */
export function byRecipient(passed: readonly Passed[]): GivenTo[] {
  const found = new Map<string, GivenTo>();
  for (const { recipient, passage } of passed) {
    const key = `${recipient.kind} ${recipient.id}`;
    const before = found.get(key);
    found.set(key, {
      recipient: { ...recipient, name: recipient.name ?? before?.recipient.name ?? null },
      passages: together(before?.passages ?? [], [passage]),
    });
  }
  return [...found.values()];
}

/** What went with the same thing on the same consent is one passage. */
export function together(some: readonly Passage[], more: readonly Passage[]): Passage[] {
  const all = new Map<string, Passage>();
  for (const passage of [...some, ...more]) {
    const key = [passage.caseId, passage.flow, passage.sourceId, passage.consentId].join(' ');
    const before = all.get(key);
    all.set(key, {
      ...passage,
      categories: [...new Set([...(before?.categories ?? []), ...passage.categories])].sort(),
    });
  }
  return [...all.values()];
}

/** What may be kept of it once the data is erased: numbers that lead nowhere here, but which the recipient knows. */
export const withoutContent = (passages: readonly Passage[]): Passage[] =>
  together(
    [],
    passages.map(({ caseId, flow, sourceId }) => ({
      ...{ caseId, flow, sourceId },
      consentId: null,
      categories: [],
      lastOn: null,
    })),
  );
