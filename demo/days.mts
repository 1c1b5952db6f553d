/** Days as the API takes them, YYYY-MM-DD in Germany. The story begins three weeks ago and is told up to today. */
const now = new Date();
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
const day = (date: Date): string => format.format(date);

export const today = day(now);
export const daysAgo = (days: number): string => day(new Date(now.getTime() - days * 86_400_000));
export const inDays = (days: number): string => daysAgo(-days);
/** The same day so many months later, or the last day of a shorter month. */
export function inMonths(months: number): string {
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1, 0)).getUTCDate();
  return day(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, Math.min(now.getUTCDate(), last))));
}
/** A December birthday of somebody of that age. */
export const bornInDecember = (age: number, date: number): string => `${now.getUTCFullYear() - age - 1}-12-${date}`;
