/** What a recipient of data has to be told of (GDPR 19): the data was corrected, may not be used, may be used again, is gone. */
export const NOTICE_OCCASIONS = ['rectification', 'restriction', 'restriction_lifted', 'erasure'] as const;
export type NoticeOccasion = (typeof NOTICE_OCCASIONS)[number];

/** `overtaken`: the restriction ended before the recipient was told of it. */
export const NOTICE_STATES = ['open', 'told', 'not_told', 'overtaken'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** How a recipient was told. */
export const NOTICE_CHANNELS = ['in_person', 'phone', 'letter', 'email', 'portal'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

/** Why a recipient is not told: it proves impossible, or would take an effort out of all proportion (GDPR 19). */
export const NOT_TOLD_GROUNDS = ['impossible', 'disproportionate'] as const;
export type NotToldGround = (typeof NOT_TOLD_GROUNDS)[number];

/** Days in which a recipient is to be told; a proposal, as the law names no time. */
export const NOTICE_DAYS = 14;
