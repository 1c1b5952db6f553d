/**
 * What somebody is to a person, beside everything that is about one case only (that is the person system). Every word has
 * the one that says the same from the other side.
 */
const INVERSE = {
  parent: 'child',
  child: 'parent',
  step_parent: 'step_child',
  step_child: 'step_parent',
  foster_parent: 'foster_child',
  foster_child: 'foster_parent',
  grandparent: 'grandchild',
  grandchild: 'grandparent',
  sibling: 'sibling',
  spouse: 'spouse',
  partner: 'partner',
  other_relative: 'other_relative',
  informal_carer: 'cared_for',
  cared_for: 'informal_carer',
  emergency_contact: 'emergency_contact_of',
  emergency_contact_of: 'emergency_contact',
  friend: 'friend',
  neighbour: 'neighbour',
} as const;
export type RelationKind = keyof typeof INVERSE;
export const RELATION_KINDS = Object.keys(INVERSE) as RelationKind[];

/** The same relation from the other side. */
export const inverseOf = (kind: RelationKind): RelationKind => INVERSE[kind];

/** Kinds that make two persons one family (CASE-11). */
export const FAMILY_KINDS: readonly RelationKind[] = [
  ...(['parent', 'child', 'step_parent', 'step_child', 'foster_parent', 'foster_child'] as const),
  ...(['grandparent', 'grandchild', 'sibling', 'spouse', 'partner', 'other_relative'] as const),
];
/** Of the kinds in one row two persons are at most one at a time; grandparents may well be the foster parents. */
const ONE_OF: readonly (readonly RelationKind[])[] = [
  [
    ...(['parent', 'child', 'step_parent', 'step_child', 'grandparent', 'grandchild'] as const),
    ...(['sibling', 'spouse', 'partner'] as const),
  ],
  ['foster_parent', 'foster_child', 'parent', 'child'],
];
export const contradict = (one: RelationKind, other: RelationKind): boolean =>
  one !== other && ONE_OF.some((kinds) => kinds.includes(one) && kinds.includes(other));

/** Kinds of those who were born before the person. */
export const OLDER: readonly RelationKind[] = ['parent', 'grandparent'];
