/**
 * Whether `text` is an Institutionskennzeichen (IK, § 293 SGB V): nine digits, the last one a check digit over the
 * third to eighth (weights 2, 1, 2, 1, 2, 1, cross sums, modulo 10). Source: Gemeinsames Rundschreiben IK.
 */
export function isIk(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false;
  const sum = [...text.slice(2, 8)]
    .map((digit, i) => Number(digit) * (i % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return sum % 10 === Number(text[8]);
}
