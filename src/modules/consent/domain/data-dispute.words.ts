/** How a dispute about the accuracy of a record stands. `upheld`: the record stays, with the counter statement beside it. */
export const DISPUTE_STATES = ['open', 'corrected', 'upheld', 'withdrawn'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** Why a disputed record stays as it is: it was shown to be true, or it cannot be found out (sec. 84 (2) SGB X). */
export const UPHOLDING_GROUNDS = ['shown_to_be_true', 'truth_not_established'] as const;
export type UpholdingGround = (typeof UPHOLDING_GROUNDS)[number];
