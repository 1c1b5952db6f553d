/**
 * What is left of a name (in comparable form, `normaliseName`) when the habits of those who write it in Latin letters are
 * taken away: `tschaikowskij` and `tchaikovsky` are both `caikovski`, `yıldırım` and `yildirim` both `ildirim`. For
 * comparing only, nothing of it is stored.
 */
export function withoutSpelling(name: string): string {
  let plain = name;
  for (const [written, sound] of HABITS) plain = plain.replace(written, sound);
  return plain.replace(/(\p{L})\1+/gu, '$1');
}

const HABITS: readonly (readonly [RegExp, string])[] = [
  [/ı/g, 'i'],
  [/schtsch|shch|szcz/g, 'sc'],
  [/tsch|tch|tsh|cz/g, 'c'],
  [/sch|sh|sz|zh/g, 's'],
  [/kh|ch/g, 'h'],
  [/dsh|dsch/g, 'ds'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/ou|ue/g, 'u'],
  [/oe/g, 'o'],
  [/ae/g, 'a'],
  [/w/g, 'v'],
  [/x/g, 'ks'],
  [/q|ck/g, 'k'],
  [/[yj]/g, 'i'],
];
