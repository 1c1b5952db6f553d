import type { Comparable } from '../../src/modules/case/domain/persons/person.matching';
import { type LabelledRecord, type Random, mistype, randomFrom } from './labelled-persons';

/**
 * Labelled sets made otherwise than labelledPersons: each is full of one difficulty. None of their names, numbers or
 * habits come from there.
 */
type Draft = Omit<LabelledRecord, 'id' | 'of'>;
type Mutable = { -readonly [K in keyof Draft]: Draft[K] };

const words = (text: string) => text.trim().split(/\s+/);
const FAMILY =
  words(`Ahlers Bartels Clausen Dreyer Ebert Feldmann Gerlach Harms Jansen Kessler Lindner Marquardt Naumann Oswald Petersen
Reinhardt Stahl Thiele Ullrich Völker Wendt Zander Bruns Eggers Fricke Hinrichs Jürgens Lüders Michaelis Nissen Behrens Brinkmann Carstens Dietz
Ehlers Freitag Gebhardt Heller Jacobs Kremer Lutz Mertens Noack Opitz Paul Rieger Stark Tietz Unger Wirth Auer Bachmann Conrad Dorn Eder Fink Geiger`);
const WOMEN =
  words(`Lena Lina Marie Maria Johanna Hanna Clara Klara Sofia Sophia Mia Pia Emilia Amelie Greta Frieda Ida Ella Elena Paula
Pauline Luise Louisa Mathilda Charlotte Carlotta Helena Helene Antonia Victoria Theresa Franziska Magdalena Henriette Dorothea Cornelia`);
const MEN =
  words(`Tim Tom Jan Jonas Jonathan Lukas Luca Noah Leon Leo Leonard Finn Fynn Paul Emil Emilian Max Maximilian Moritz Anton Theo
Theodor Jakob Oskar Friedrich Konstantin Valentin Vincent Benedikt Bastian Hendrik Henrik Torben Thorsten Detlef Siegfried`);
const ROADS = words(
  'Ahornweg Birkenallee Eichenstraße Fliederweg Kirchgasse Mühlenstraße Ringstraße Talweg Uferstraße Weststraße',
);

const two = (n: number) => String(n).padStart(2, '0');
const day = (random: Random, from: number, years: number) =>
  `${from + random.below(years)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const KVNR_WEIGHTS = [1, 2];
const kvnr = (random: Random): string => {
  const letter = 1 + random.below(26);
  const digits = two(letter) + String(10_000_000 + random.below(89_999_999));
  const sum = [...digits].reduce((total, digit, i) => {
    const product = Number(digit) * KVNR_WEIGHTS[i % 2]!;
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return `${String.fromCharCode(64 + letter)}${digits.slice(2)}${sum % 10}`;
};

const somebody = (random: Random, more: Partial<Draft> = {}): Mutable => {
  const gender = random.chance(0.5) ? 'male' : 'female';
  return {
    familyName: random.of(FAMILY),
    givenName: random.of(gender === 'male' ? MEN : WOMEN),
    birthName: null,
    birthDate: day(random, 1940, 75),
    gender,
    phone: random.chance(0.6) ? `0${170 + random.below(9)} ${1_000_000 + random.below(8_999_999)}` : null,
    email: null,
    addressLines: [`${random.of(ROADS)} ${1 + random.below(150)}`],
    postalCode: String(20_000 + random.below(400)),
    identifiers: random.chance(0.25) ? [{ system: 'kvnr', value: kvnr(random) }] : [],
    ...more,
  };
};
/** Recorded by another desk, without the difficulty the set is about. */
const anew = (person: Draft, random: Random): Mutable => {
  const copy: Mutable = { ...person };
  if (random.chance(0.15) && copy.familyName) copy.familyName = mistype(copy.familyName, random);
  if (random.chance(0.15) && copy.givenName) copy.givenName = mistype(copy.givenName, random);
  if (random.chance(0.3)) copy.identifiers = [];
  if (random.chance(0.3)) copy.phone = null;
  if (random.chance(0.3)) [copy.addressLines, copy.postalCode] = [[], null];
  if (random.chance(0.2)) copy.gender = 'not_stated';
  return copy;
};

type Add = (person: Draft, again?: Draft) => void;
/** Adds one group of people, of whom some are recorded twice. */
type Group = (random: Random, add: Add) => void;
const THIRD = 1 / 3;

/** Twins and triplets: born on one day, one family name, one address, names that resemble each other. */
const twins: Group = (random, add) => {
  const first = somebody(random, { birthDate: day(random, 1995, 25), identifiers: [] });
  const siblings = [first];
  while (siblings.length < (random.chance(0.1) ? 3 : 2)) {
    const next = somebody(random);
    const { gender, givenName } = next;
    if (siblings.some((known) => known.givenName === givenName)) continue;
    siblings.push({ ...first, givenName, gender, identifiers: [] });
  }
  for (const child of siblings) add(child, random.chance(THIRD) ? anew(child, random) : undefined);
};

/** Households in one flat with one telephone; a son bears the father's name, a daughter the grandmother's. */
const households: Group = (random, add) => {
  const father = somebody(random, { gender: 'male', givenName: random.of(MEN), birthDate: day(random, 1955, 25) });
  const { familyName, addressLines, postalCode, phone } = father;
  const home = { familyName, addressLines, postalCode, phone };
  const names = new Set([father.givenName]);
  const members = [father];
  for (const more of [
    { givenName: random.of(WOMEN), gender: 'female' as const, birthDate: day(random, 1955, 25) },
    {
      givenName: random.chance(0.3) ? father.givenName : random.of(MEN),
      gender: 'male' as const,
      birthDate: day(random, 1985, 25),
    },
    { givenName: random.of(WOMEN), gender: 'female' as const, birthDate: day(random, 1985, 25) },
  ]) {
    if (names.has(more.givenName) && more.givenName !== father.givenName) continue;
    names.add(more.givenName);
    members.push(somebody(random, { ...home, ...more }));
  }
  for (const one of members) {
    if (!random.chance(THIRD)) {
      add(one);
      continue;
    }
    const copy = anew(one, random);
    if (random.chance(0.15)) copy.givenName = `${one.givenName![0]}.`;
    add(one, copy);
  }
};

const SPELLINGS = [
  ['Sergej', 'Sergei', 'Sergey'],
  ['Jurij', 'Yuri', 'Juri'],
  ['Aleksandr', 'Alexander', 'Oleksandr'],
  ['Dmitrij', 'Dmitri', 'Dmitry'],
  ['Olena', 'Elena', 'Olena'],
  ['Natalija', 'Natalia', 'Nataliya'],
  ['Mohammed', 'Muhammad', 'Mohamad', 'Mohamed'],
  ['Ahmad', 'Ahmed', 'Achmed'],
  ['Hussein', 'Husain', 'Hussain'],
  ['Yousef', 'Yusuf', 'Youssef', 'Josef'],
  ['Fatima', 'Fatma', 'Fatimah'],
  ['Aisha', 'Aischa', 'Ayşe'],
  ['Georgios', 'Giorgos', 'Jorgos'],
  ['Małgorzata', 'Malgorzata', 'Margorzata'],
  ['Çağla', 'Cagla', 'Chagla'],
  ['Tetiana', 'Tatjana', 'Tatiana'],
].map((list) => list);
const FAMILY_SPELLINGS = [
  ['Iwanow', 'Ivanov', 'Ivanow'],
  ['Schewtschenko', 'Shevchenko', 'Schevchenko'],
  ['Kowalenko', 'Kovalenko', 'Kowalenko'],
  ['Tschaikowskij', 'Tchaikovsky', 'Tschaikowski'],
  ['Al-Hassan', 'Alhassan', 'Al Hasan'],
  ['El Sayed', 'Elsayed', 'Al Sayed'],
  ['Rahmani', 'Rahmany', 'Rachmani'],
  ['Yıldırım', 'Yildirim', 'Yildrim'],
  ['Özgür', 'Oezguer', 'Ozgur'],
  ['Papadopoulos', 'Papadopulos', 'Papadopoulous'],
  ['Wójcik', 'Wojcik', 'Wujcik'],
  ['Dvořák', 'Dvorak', 'Dworak'],
  ['Nguyễn', 'Nguyen', 'Ngyuen'],
  ['Hadžić', 'Hadzic', 'Hadschitsch'],
  ['Kryvonis', 'Kriwonos', 'Krywonos'],
];
const PREFIXES = words('Abd Ben Bel Ter Nov Star Mal Vel');

/** Names from other scripts, each desk transliterates on its own; family and given names swapped; births on 1 January. */
const transliterated: Group = (random, add) => {
  const [given, family] = [random.of(SPELLINGS), random.of(FAMILY_SPELLINGS)];
  const prefix = random.chance(0.5) ? random.of(PREFIXES) : '';
  const spelt = (list: readonly string[]) => prefix + (prefix ? random.of(list).toLowerCase() : random.of(list));
  const born = random.chance(0.2) ? `${1960 + random.below(45)}-01-01` : day(random, 1960, 45);
  const one = somebody(random, {
    familyName: spelt(family),
    givenName: random.of(given),
    birthDate: born,
    gender: 'not_stated',
  });
  if (!random.chance(THIRD)) return add(one);
  const copy = anew({ ...one, familyName: spelt(family), givenName: random.of(given) }, random);
  if (random.chance(0.1)) [copy.familyName, copy.givenName] = [copy.givenName, copy.familyName];
  add(one, copy);
};

/** Double family names and several given names, of which other desks note one. */
const doubleNames: Group = (random, add) => {
  const [first, second] = [random.of(FAMILY), random.of(FAMILY)];
  const one = somebody(random);
  const more = random.of(one.gender === 'male' ? MEN : WOMEN);
  const familyName = random.chance(0.6) ? `${first}-${second}` : first;
  const givenName = random.chance(0.6) ? `${one.givenName}${random.of(['-', ' '])}${more}` : one.givenName!;
  const person = { ...one, familyName, givenName };
  if (!random.chance(THIRD)) return add(person);
  const copy = anew(person, random);
  if (random.chance(0.5)) copy.familyName = random.of([first, `${first} ${second}`, `${second}-${first}`]);
  if (random.chance(0.5))
    copy.givenName = random.of([one.givenName!, `${one.givenName} ${more}`, `${one.givenName}${more.toLowerCase()}`]);
  add(person, copy);
};

/** Marriage and divorce: another family name since, the one before mostly noted. */
const married: Group = (random, add) => {
  const one = somebody(random, { gender: 'female', givenName: random.of(WOMEN) });
  if (!random.chance(0.5)) return add(one, random.chance(THIRD) ? anew(one, random) : undefined);
  const copy = anew(one, random);
  copy.familyName = random.of(FAMILY);
  if (random.chance(0.85)) copy.birthName = one.familyName;
  else [copy.identifiers, copy.phone] = [one.identifiers ?? [], one.phone ?? null];
  add(one, copy);
};

/** A third of the records lacks the birth date, another part has only what was heard on the phone. */
const undated: Group = (random, add) => {
  const one = somebody(random);
  if (!random.chance(THIRD)) return add(random.chance(0.3) ? { ...one, birthDate: null } : one);
  const copy = anew(one, random);
  if (random.chance(0.5)) {
    copy.birthDate = null;
    // Whoever notes no birth date asks for the address or the number, or leaves somebody who cannot be told apart.
    [copy.addressLines, copy.postalCode, copy.phone] = [
      one.addressLines ?? [],
      one.postalCode ?? null,
      one.phone ?? null,
    ];
  }
  add(one, copy);
};

export const LABELLED_SETS = { twins, households, transliterated, doubleNames, married, undated } as const;
export type LabelledSet = keyof typeof LABELLED_SETS;

/** At least so many persons with one difficulty, among whom some are recorded twice. */
export function labelledSet(kind: LabelledSet, persons: number, seed: number): LabelledRecord[] {
  const random = randomFrom(seed);
  const records: LabelledRecord[] = [];
  let of = 0;
  const add: Add = (person, again) => {
    of += 1;
    [person, ...(again ? [again] : [])].forEach((one, i) =>
      records.push({ ...(one as Comparable), id: `${of}-${i}`, of }),
    );
  };
  while (of < persons) LABELLED_SETS[kind](random, add);
  return records;
}
