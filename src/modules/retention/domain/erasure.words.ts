/** CONS-6: words of erasures. */
export const RUN_STATES = ['proposed', 'released', 'done', 'discarded'] as const;
export const DISCARD_REASONS = ['not_due', 'dispute', 'wrong_rule', 'other'] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];
/** Why something released was left out after all. */
export const LEFT_OUT = ['on_hold', 'not_due_any_more', 'in_use', 'being_written', 'still_needed'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];
/** What a hold may protect: a case or request, or everything about a person. */
export const HOLD_KINDS = ['case', 'request', 'person'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];
