/** The words of emergency access (standards §6.3). */

/** Why somebody has to look into a case that is not theirs. */
export const EMERGENCY_REASONS = [
  'acute_danger_to_client',
  'acute_danger_to_child',
  'acute_danger_to_others',
  'medical_emergency',
  'case_manager_unreachable',
  'other',
] as const;
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number];

/** What an emergency access is worth now. */
export const EMERGENCY_STATES = ['awaiting_approval', 'lapsed', 'active', 'over'] as const;

/** Whether it was looked at afterwards; `none` where it never opened anything. */
export const EMERGENCY_REVIEW_STATES = ['none', 'open', 'overdue', 'done'] as const;

export const EMERGENCY_OUTCOMES = ['justified', 'unjustified'] as const;
export type EmergencyOutcome = (typeof EMERGENCY_OUTCOMES)[number];

/** Most minutes a case stays open, and the minutes an approval may be waited for. */
export const EMERGENCY_MINUTES = 240;

/** Working days within which somebody else looks at it. */
export const REVIEW_DAYS = 3;

/** The day that many working days (Monday to Friday) after a day; public holidays count as working days. */
export function workingDaysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}
