/** `vanished`: after a correction the two are no longer alike; `merged`: one of them was merged into a person. */
export const CANDIDATE_STATES = ['open', 'dismissed', 'merged', 'vanished'] as const;
export type CandidateState = (typeof CANDIDATE_STATES)[number];
