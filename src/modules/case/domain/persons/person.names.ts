/** How names are made comparable (CASE-1). What these functions return is stored: change them only with a migration. */

const GERMAN: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
};

/** A name in comparable form: case-folded, ä→ae, ß→ss, other accents dropped, letters and digits only. `Müller-Lüdenscheidt` → `muellerluedenscheidt`. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæøœłđ]/g, (letter) => GERMAN[letter]!)
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The parts of a name in comparable form: `Müller-Lüdenscheidt` → `mueller`, `luedenscheidt`. */
export const nameParts = (name: string | null): string[] =>
  (name ?? '')
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .map(normaliseName)
    .filter(Boolean);
