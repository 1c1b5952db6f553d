import {
  type LabelledRecord,
  labelledPersons,
  mistype,
  randomFrom,
} from '../../../../../test/support/labelled-persons';
import { koelnerPhonetik, typingErrors } from './phonetics';
import { type Comparable, DUPLICATE_BITS, compare, scoreOf } from './person.matching';
import { type Look, duplicates, search, tokensOf } from './person.tokens';

/** The same choice of candidates as the database makes (person.candidates.ts), in memory. */
class Index {
  private readonly byToken = new Map<string, LabelledRecord[]>();
  constructor(records: readonly LabelledRecord[]) {
    for (const record of records)
      for (const { text } of tokensOf(record)) {
        const known = this.byToken.get(text);
        if (known) known.push(record);
        else this.byToken.set(text, [record]);
      }
  }
  candidates({ tokens, most, rows, common }: Look): LabelledRecord[] {
    const weights = new Map<LabelledRecord, number>();
    for (const { text, weight } of tokens) {
      const sharing = this.byToken.get(text) ?? [];
      if (sharing.length >= rows && !common) continue;
      for (const record of sharing.slice(0, rows)) weights.set(record, (weights.get(record) ?? 0) + weight);
    }
    return [...weights]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([record]) => record);
  }
}

describe('the sound of names', () => {
  it.each([
    ['mueller', '657'],
    ['schmidt', '862'],
    ['schmitt', '862'],
    ['meyer', '67'],
    ['maier', '67'],
    ['wikipedia', '3412'],
    ['breschnew', '17863'],
    ['philipp', '351'],
  ])('Kölner Phonetik of %s is %s', (name, code) => expect(koelnerPhonetik(name)).toBe(code));

  it.each([
    ['meier', 'meyer', 1],
    ['anna', 'nana', 1],
    ['hannah', 'hanna', 1],
    ['peter', 'petra', 2],
    ['', 'ab', 2],
  ])('%s and %s are %i typing errors apart', (one, other, errors) => expect(typingErrors(one, other)).toBe(errors));
});

const anna: Comparable = { familyName: 'Groß', givenName: 'Anna', birthDate: '1971-04-12', gender: 'female' };

describe('comparing persons', () => {
  it.each<[string, Comparable]>([
    ['the same, written differently', { ...anna, familyName: 'GROSS' }],
    ['with a typing error in each name', { ...anna, familyName: 'Grosz', givenName: 'Annna' }],
    ['with names swapped', { ...anna, familyName: 'Anna', givenName: 'Gross' }],
    ['with day and month swapped', { ...anna, birthDate: '1971-12-04' }],
    ['under the name at birth', { ...anna, familyName: 'Weber', birthName: 'Groß' }],
    ['without given name', { ...anna, givenName: null }],
    ['with a dash for a given name', { ...anna, givenName: '-' }],
  ])('CASE-1: a record %s is a possible duplicate', (_, other) =>
    expect(compare(anna, other).weight).toBeGreaterThanOrEqual(DUPLICATE_BITS),
  );

  it.each<[string, Comparable]>([
    ['a twin', { ...anna, givenName: 'Hanna' }],
    ['a mother of the same name', { ...anna, birthDate: '1945-09-30' }],
    ['a namesake of whom no more is known', { ...anna, birthDate: null }],
    [
      'somebody with another health insurance number',
      { ...anna, identifiers: [{ system: 'kvnr', value: 'T024791905' }] },
    ],
  ])('CASE-1: %s at the same address is not', (_, other) => {
    const home = { addressLines: ['Gartenweg 3'], postalCode: '04109', phone: '+49 341 1234567' };
    const known = other.identifiers ? { identifiers: [{ system: 'kvnr', value: 'A123456780' }] } : {};
    const lives = other.birthDate === null || other.identifiers ? {} : home;
    expect(compare({ ...anna, ...lives, ...known }, { ...other, ...lives }).weight).toBeLessThan(DUPLICATE_BITS);
  });

  it('CASE-1: the score is 50 at the border, and says what speaks for and against', () => {
    expect(scoreOf({ weight: DUPLICATE_BITS, reasons: [] })).toBe(50);
    expect(compare(anna, { ...anna, givenName: 'Otto', gender: 'male' }).reasons).toEqual([
      'same_family_name',
      'other_given_name',
      'same_birth_date',
      'other_gender',
    ]);
  });
});

describe('on labelled data', () => {
  it.each([
    [1500, 1],
    [1500, 2],
    [6000, 3],
  ])(
    'CASE-1: of %i persons (seed %i) duplicates are found with precision of 0.97 and recall of 0.92 at least',
    (n, seed) => {
      const records = labelledPersons(n, seed);
      const index = new Index(records);
      const truly = new Map<number, number>();
      for (const { of } of records) truly.set(of, (truly.get(of) ?? 0) + 1);
      const pairs = [...truly.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
      let [right, wrong] = [0, 0];
      const seen = new Set<string>();
      for (const record of records)
        for (const candidate of index.candidates(duplicates(record))) {
          const pair = [record.id, candidate.id].sort().join();
          if (candidate === record || seen.has(pair)) continue;
          seen.add(pair);
          if (compare(record, candidate).weight < DUPLICATE_BITS) continue;
          if (record.of === candidate.of) right += 1;
          else wrong += 1;
        }
      const figures = { precision: right / (right + wrong), recall: right / pairs };
      expect(pairs).toBeGreaterThan(350);
      expect(figures.precision).toBeGreaterThanOrEqual(0.97);
      expect(figures.recall).toBeGreaterThanOrEqual(0.92);
    },
  );

  it.each([1500, 9000])(
    'CASE-1: of %i persons the one meant is among the first ten hits for misspelt names with a birth year',
    (n) => {
      const records = labelledPersons(n, 7);
      const index = new Index(records);
      const random = randomFrom(8);
      let found = 0;
      const asked = 400;
      for (let i = 0; i < asked; i++) {
        const meant = random.of(
          records.filter(({ familyName, givenName, birthDate }) => familyName && givenName && birthDate),
        );
        const sought = {
          familyName: mistype(meant.familyName!, random),
          givenName: mistype(meant.givenName!, random),
          birthDate: meant.birthDate!.slice(0, 4),
        };
        const hits = index
          .candidates(search(sought))
          .map((record) => ({ record, weight: compare(sought, record).weight }))
          .sort((a, b) => b.weight - a.weight)
          .slice(0, 10);
        if (hits.some(({ record }) => record.of === meant.of)) found += 1;
      }
      expect(found / asked).toBeGreaterThan(0.95);
    },
  );
});
