import type { Comparable } from '../../src/modules/case/domain/persons/person.matching';

/** A record and the person it is really of. */
export type LabelledRecord = Comparable & { readonly id: string; readonly of: number };

/** Random numbers that are the same every time (mulberry32). */
export function randomFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { chance: (p: number) => next() < p, below, of: <T>(list: readonly T[]): T => list[below(list.length)]! };
}
export type Random = ReturnType<typeof randomFrom>;

// Many families share a name, as in life: the first ones are far more frequent.
const FAMILY =
  `Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder
Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann
König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck
Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich
Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kaya
Demir Şahin Kowalski Nowak Petrović Nguyen Ivanova Papadopoulos Müller-Lüdenscheidt Hassan Özdemir Dąbrowski Straßburger Weißenfels`.split(
    /\s+/,
  );
const MALE =
  `Alexander Andreas Bernd Christian Daniel Dieter Emil Felix Frank Georg Günther Hans Heinz Jan Jens Jörg Jürgen Karl Klaus Lukas Manfred
Markus Martin Maximilian Michael Paul Peter Ralf Sebastian Stefan Thomas Tim Uwe Wolfgang Mehmet Ahmed Piotr Jakub Arvid Bennet Corvin Eike`.split(
    /\s+/,
  );
const FEMALE =
  `Andrea Anna Barbara Birgit Brigitte Claudia Charlotte Elisabeth Emma Erika Eva Gabriele Gisela Hannah Heike Ingrid Julia Karin Katharina
Lena Maria Marie Martina Monika Petra Renate Sabine Sandra Sophie Susanne Ursula Ute Ayşe Fatma Agnieszka Olga Runa Solveig Tabea Wiebke`.split(
    /\s+/,
  );
const STREETS = [
  'Gartenweg',
  'Hauptstraße',
  'Bahnhofstraße',
  'Schulstraße',
  'Lindenallee',
  'Am Markt',
  'Goethestraße',
  'Dorfstraße',
];

/** What typists do: a letter missing, doubled, wrong, or two of them swapped; umlauts written out or dropped. */
export function mistype(name: string, random: Random): string {
  if (/[äöüß]/i.test(name) && random.chance(0.4))
    return name
      .replace(/[äöüß]/g, (c) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[c]!)
      .replace(/[ÄÖÜ]/g, (c) => ({ Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' })[c]!);
  const i = random.below(name.length);
  const [before, letter, after] = [name.slice(0, i), name[i]!, name.slice(i + 1)];
  switch (random.below(4)) {
    case 0:
      return name.length > 3 ? before + after : name + letter;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + random.of([...'aeioulmnrst']) + after;
    default:
      return after ? before + after[0]! + letter + after.slice(1) : name;
  }
}

const two = (n: number) => String(n).padStart(2, '0');
const birthDate = (random: Random, from = 1935, years = 75) =>
  `${from + random.below(years)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const phone = (random: Random) => `+49 341 ${1_000_000 + random.below(8_999_999)}`;

type Draft = Omit<LabelledRecord, 'id' | 'of'>;
const draft = (random: Random, household: Partial<Draft> = {}): Draft => {
  const gender = random.chance(0.5) ? 'male' : 'female';
  return {
    familyName: random.chance(0.5) ? FAMILY[random.below(25)]! : random.of(FAMILY),
    givenName: random.of(gender === 'male' ? MALE : FEMALE),
    birthName: null,
    birthDate: birthDate(random),
    gender,
    phone: phone(random),
    email: null,
    addressLines: [`${random.of(STREETS)} ${1 + random.below(99)}`],
    postalCode: `0${4000 + random.below(300)}`,
    identifiers: random.chance(0.3)
      ? [{ system: 'urn:health-insurance', value: String(random.below(1_000_000_000)) }]
      : [],
    ...household,
  };
};

/** The same person once more, as another desk records it: typing errors, missing and swapped fields, a move, a marriage. */
function again(person: Draft, random: Random): Draft {
  const copy: { -readonly [K in keyof Draft]: Draft[K] } = { ...person };
  if (random.chance(0.35)) copy.familyName = mistype(copy.familyName!, random);
  if (random.chance(0.35)) copy.givenName = mistype(copy.givenName!, random);
  if (random.chance(0.06)) [copy.familyName, copy.givenName] = [copy.givenName, copy.familyName];
  if (random.chance(0.04) && person.gender === 'female')
    [copy.familyName, copy.birthName] = [random.of(FAMILY), person.familyName];
  if (random.chance(0.05)) copy.givenName = null;
  const [year, month, day] = copy.birthDate!.split('-') as [string, string, string];
  if (random.chance(0.05)) copy.birthDate = null;
  else if (random.chance(0.05) && day <= '12') copy.birthDate = `${year}-${day}-${month}`;
  else if (random.chance(0.05)) copy.birthDate = `${year}-${month}-${two(1 + random.below(28))}`;
  if (random.chance(0.3)) copy.addressLines = [`${random.of(STREETS)} ${1 + random.below(99)}`];
  else if (random.chance(0.2)) copy.addressLines = [copy.addressLines![0]!.replace('straße', 'str.')];
  if (random.chance(0.25)) [copy.addressLines, copy.postalCode] = [[], null];
  if (random.chance(0.5)) copy.phone = random.chance(0.5) ? null : phone(random);
  else copy.phone = copy.phone!.replace('+49 ', '0').replaceAll(' ', random.of(['', '/', ' ']));
  if (random.chance(0.4)) copy.identifiers = [];
  if (random.chance(0.3)) copy.gender = 'not_stated';
  return copy;
}

/**
 * Records with the truth about them. Of three persons one is recorded twice; and there are persons who are easily taken for
 * another: twins, siblings, parents and children of the same name at one address, and namesakes.
 */
export function labelledPersons(persons: number, seed: number): LabelledRecord[] {
  const random = randomFrom(seed);
  const records: LabelledRecord[] = [];
  let of = 0;
  const add = (person: Draft, copies = 0) => {
    of += 1;
    for (let i = 0; i <= copies; i++)
      records.push({ ...(i === 0 ? person : again(person, random)), id: `${of}-${i}`, of });
  };
  while (of < persons) {
    const one = draft(random);
    add(one, random.chance(1 / 3) ? 1 : 0);
    const { familyName, phone: number, addressLines, postalCode } = one;
    const household = { familyName, phone: number, addressLines, postalCode };
    const other = (more: Partial<Draft>) => {
      const person = draft(random, { ...household, ...more });
      if (person.givenName !== one.givenName || person.birthDate !== one.birthDate)
        add(person, random.chance(1 / 6) ? 1 : 0);
    };
    if (random.chance(0.08)) other({ birthDate: one.birthDate });
    if (random.chance(0.12)) other({});
    if (random.chance(0.06))
      other({
        givenName: one.givenName,
        gender: one.gender,
        birthDate: birthDate(random, Number(one.birthDate!.slice(0, 4)) + 20, 15),
      });
    if (random.chance(0.1)) add(draft(random, { familyName, givenName: one.givenName, gender: one.gender }));
  }
  return records;
}
