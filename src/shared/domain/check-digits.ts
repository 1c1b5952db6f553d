/** Numbers that German registers give to persons and institutions, and the digit that shows a slip of the pen (standards §5.1). */

const digitsOf = (text: string): number[] => [...text].map(Number);
/** A=01 … Z=26. */
const letterDigits = (letter: string): string => String(letter.charCodeAt(0) - 64).padStart(2, '0');
/** The cross sums of the digits times the weights, added, modulo 10. */
const checkDigit = (digits: string, weights: readonly number[]): number =>
  digitsOf(digits).reduce((sum, digit, i) => {
    const product = digit * weights[i % weights.length]!;
    return sum + Math.floor(product / 10) + (product % 10);
  }, 0) % 10;

/** KVNR, the lasting ten characters of a health insurance number (SGB V § 290). */
export const isKvnr = (value: string): boolean =>
  /^[A-Z]\d{9}$/.test(value) && checkDigit(letterDigits(value[0]!) + value.slice(1, 9), [1, 2]) === Number(value[9]);

const RVNR_FACTORS = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
/** Number of the statutory pension insurance (VKVV § 2); the day may be 00, or raised by 32 or 64. */
export const isRvnr = (value: string): boolean => {
  const parts = /^(\d{2})(\d{2})(\d{2})(\d{2})([A-Z])(\d{2})(\d)$/.exec(value);
  if (!parts || Number(parts[2]) > 95 || Number(parts[3]) > 12) return false;
  return checkDigit(value.slice(0, 8) + letterDigits(parts[5]!) + parts[6]!, RVNR_FACTORS) === Number(parts[7]);
};

/** Institutionskennzeichen (SGB V § 293). */
export const isIk = (value: string): boolean =>
  /^\d{9}$/.test(value) && checkDigit(value.slice(2, 8), [2, 1]) === Number(value[8]);
