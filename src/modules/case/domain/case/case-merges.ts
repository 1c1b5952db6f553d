import type { Member } from './case.values';

/** What of a case followed a merge, so that it can go back (CASE-1). */
export type CaseMerge = {
  readonly mergeId: string;
  readonly survivor: string;
  /** The case had to do with the survivor already: what is said of it later may be meant of either. */
  readonly shared: boolean;
  /** The client was the merged person. */
  readonly client: boolean;
  /** Places in the list of members (nobody is ever taken out of it) that were the merged person. */
  readonly members: readonly number[];
  /** Members of whom the merged person was a guardian, with the guardians they had. */
  readonly guarded: readonly { readonly member: number; readonly before: readonly string[] }[];
};
/** Who a case is about. */
type Concerned = { personId: string; readonly members: Member[] };

const speaksOf = ({ personId, members }: Concerned, person: string) =>
  personId === person || members.some((member) => member.personId === person);
const turned = (ids: readonly string[], from: string, to: string) => [
  ...new Set(ids.map((id) => (id === from ? to : id))),
];

/** Makes everything that says `merged` say `survivor`; what it was, or null where nothing said so. */
export function follow(
  of: Concerned,
  { mergeId, merged, survivor }: { mergeId: string; merged: string; survivor: string },
): CaseMerge | null {
  const shared = speaksOf(of, survivor);
  const client = of.personId === merged;
  const members = of.members.flatMap(({ personId }, i) => (personId === merged ? [i] : []));
  const guarded = of.members.flatMap(({ guardianIds = [] }, member) =>
    guardianIds.includes(merged) ? [{ member, before: [...guardianIds] }] : [],
  );
  if (!client && members.length === 0 && guarded.length === 0) return null;
  turnAll(of, merged, survivor);
  return { mergeId, survivor, shared, client, members, guarded };
}

/** Makes everything that says `from` say `to`. */
export function turnAll(of: Concerned, from: string, to: string): void {
  if (of.personId === from) of.personId = to;
  for (const member of of.members) {
    if (member.personId === from) member.personId = to;
    if (member.guardianIds?.includes(from)) member.guardianIds = turned(member.guardianIds, from, to);
  }
}

/** Makes exactly what followed the merge say `merged` again, as far as it says `survivor` still. */
export function goBack(of: Concerned, { survivor, client, members, guarded }: CaseMerge, merged: string): void {
  if (client && of.personId === survivor) of.personId = merged;
  for (const i of members) if (of.members[i]!.personId === survivor) of.members[i]!.personId = merged;
  for (const { member, before } of guarded) {
    const found = of.members[member]!;
    const now = found.guardianIds ?? [];
    const untouched = JSON.stringify(now) === JSON.stringify(turned(before, merged, survivor));
    if (untouched) found.guardianIds = before;
    else if (now.includes(survivor))
      found.guardianIds = before.includes(survivor) ? [...now, merged] : turned(now, survivor, merged);
  }
}
