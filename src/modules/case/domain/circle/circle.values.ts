import type { FieldFault } from '../../../../shared/domain/errors';

/** When something holds between persons; both days included, null where it is not known or has no end (YYYY-MM-DD). */
export type Period = { readonly validFrom: string | null; readonly validUntil: string | null };

/** What was recorded by mistake stays on record, and counts for nothing. */
export type Revocation = { readonly reason: string; readonly by: string; readonly at: string };

export const overlap = (one: Period, other: Period): boolean =>
  (one.validFrom === null || other.validUntil === null || one.validFrom <= other.validUntil) &&
  (other.validFrom === null || one.validUntil === null || other.validFrom <= one.validUntil);

/** Whether the last day `on` fits: within what was recorded, and not in the future. */
export const mayEnd = ({ validFrom, validUntil }: Period, on: string, today: string): boolean =>
  on >= (validFrom ?? on) && on <= (validUntil ?? on) && on <= today;

export const fault = (pointer: string, code: string, en: string, de: string): FieldFault => ({
  pointer: `#/${pointer}`,
  code,
  detail: { en, de },
});

/** Every day that does not fit; `at` is where the two stand. */
export function periodFaults({ validFrom, validUntil }: Period, today: string, at = ''): FieldFault[] {
  const faults: FieldFault[] = [];
  if (validFrom !== null && validFrom > today)
    faults.push(
      fault(
        `${at}validFrom`,
        'starts-in-future',
        'It has not begun yet: record it when it has',
        'Das hat noch nicht begonnen: Erfassen Sie es, wenn es so weit ist',
      ),
    );
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    faults.push(
      fault(
        `${at}validUntil`,
        'ends-before-start',
        'It would end before it begins',
        'Es würde enden, bevor es beginnt',
      ),
    );
  return faults;
}

export const endFault = (): FieldFault =>
  fault(
    'on',
    'end-out-of-range',
    'The last day lies within the time it was recorded for, and not in the future',
    'Der letzte Tag liegt in der erfassten Zeit und nicht in der Zukunft',
  );
