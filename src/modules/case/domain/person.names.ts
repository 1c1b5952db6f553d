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

/** The key under which the same person is found again: birth date and both names in any order; null while one is unknown. */
export function matchKey(person: {
  familyName: string;
  givenName: string | null;
  birthDate: string | null;
}): string | null {
  if (person.birthDate === null || person.givenName === null) return null;
  return [person.birthDate, ...[person.familyName, person.givenName].map(normaliseName).sort()].join('|');
}
