import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';

/** A fault with the given words when the condition holds, else null. */
export const faultIf = (wrong: boolean, pointer: string, code: string, en: string, de: string): FieldFault | null =>
  wrong ? { pointer, code, detail: { en, de } } : null;

/** A fault when the day (YYYY-MM-DD) lies after today. */
export const notInFuture = (pointer: string, day: string | null | undefined, today: string): FieldFault | null =>
  faultIf(
    Boolean(day && day > today),
    pointer,
    'date-in-future',
    'This day lies in the future: record it when it has happened.',
    'Dieser Tag liegt in der Zukunft: Erfassen Sie ihn, wenn er gewesen ist.',
  );

/** A fault when `day` does not lie on or after `earliest`; missing days are no fault. */
export const notBefore = (pointer: string, day: string | null | undefined, earliest: string): FieldFault | null =>
  faultIf(
    Boolean(day && day < earliest),
    pointer,
    'date-too-early',
    `This day must not lie before ${earliest}.`,
    `Dieser Tag darf nicht vor dem ${earliest} liegen.`,
  );

/** Throws InvalidInput that names every fault found. */
export function requireValid(faults: readonly (FieldFault | null)[]): void {
  const found = faults.filter((f) => f !== null);
  if (found.length > 0) throw new InvalidInput(found);
}
