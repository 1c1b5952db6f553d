import fc from 'fast-check';
import type { NewPerson } from './person.demographics';
import { Person } from './person.entity';

const at = (minute: number) => ({ by: 'miss-cm', at: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z` });
const person = (more: Partial<NewPerson> = {}) => Person.record({ familyName: 'X', ...more }, at(0));
const unmerge = (separated: Person, survivor: Person, others: Person[] = []) =>
  separated.unmergeFrom(survivor, others, { reason: 'Two sisters', caseIds: [] }, at(30));
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};
/** What a person holds, without the order of lists that a merge only adds to. */
const shown = ({ identity, gender, interpreterNeeded, portalSubject, languages, mergedInto }: Person) => ({
  ...identity,
  identifiers: [...identity.identifiers].sort((a, b) => a.value.localeCompare(b.value)),
  languages: [...languages].sort(),
  gender,
  interpreterNeeded,
  portalSubject,
  mergedInto,
});

describe('a merge that is taken back', () => {
  it('CASE-1: gives back what the survivor had taken over, and says who separated the two and why', () => {
    const survivor = person({ phone: '1', languages: ['de'] });
    const twin = person({
      givenName: 'Anna',
      phone: '2',
      languages: ['de', 'pl'],
      portalSubject: 'account',
      town: 'Leipzig',
      identifiers: [{ system: 'a', value: '1' }],
    });
    const before = [shown(survivor), shown(twin)];
    twin.mergeInto(survivor, 'Same name', at(1));
    const { mergeId } = twin.requireMerge();
    expect(survivor).toMatchObject({ givenName: 'Anna', portalSubject: 'account', languages: ['de', 'pl'] });
    expect(unmerge(twin, survivor)).toEqual([]);
    expect([shown(survivor), shown(twin)]).toEqual(before);
    expect((twin as unknown as { separations: unknown }).separations).toEqual([
      { survivorId: survivor.id, merge: { reason: 'Same name', ...at(1) }, reason: 'Two sisters', ...at(30) },
    ]);
    expect(twin.pullEvents().at(-1)).toMatchObject({ aggregateId: twin.id, survivorId: survivor.id, mergeId });
  });

  it('CASE-1: the survivor keeps what was changed since, and says so', () => {
    const survivor = person();
    const twin = person({ phone: '2', email: 'x@example.org', languages: ['pl'] });
    twin.mergeInto(survivor, 'Same', at(1));
    survivor.correct({ phone: '3', languages: ['pl', 'de'], town: 'Halle' }, at(2));
    expect(unmerge(twin, survivor)).toEqual(['phone']);
    expect(shown(survivor)).toMatchObject({ phone: '3', email: null, languages: ['de'], town: 'Halle' });
    expect(shown(twin)).toMatchObject({ phone: '2', email: 'x@example.org', mergedInto: null });
  });

  it('CASE-1: it is taken back once, and not before a later merge of the survivor', () => {
    const [first, second, third] = [person(), person({ phone: '2' }), person()];
    expect(codeOf(() => unmerge(second, first))).toBe('person-not-merged');
    second.mergeInto(first, 'Same', at(1));
    first.mergeInto(third, 'Same', at(2));
    expect(codeOf(() => unmerge(second, first))).toBe('survivor-merged-since');
    unmerge(first, third);
    unmerge(second, first);
    expect(codeOf(() => unmerge(second, first))).toBe('person-not-merged');
    expect([first, second, third].map(shown)).toMatchObject([{ phone: null }, { phone: '2' }, { phone: null }]);
    second.mergeInto(first, 'The same after all', at(31));
    expect(first.phone).toBe('2');
  });

  it('CASE-1: whichever of several merges are taken back, the survivor holds what the others gave', () => {
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const anyone = fc.record({
      givenName: some(fc.constantFrom('A', 'B')),
      phone: some(fc.constantFrom('1', '2')),
      gender: some(fc.constantFrom('male' as const, 'female' as const)),
      interpreterNeeded: fc.boolean(),
      postalCode: some(fc.constantFrom('1', '2')),
      town: some(fc.constantFrom('Halle', 'Jena')),
      portalSubject: some(fc.constantFrom('one', 'two')),
      languages: fc.uniqueArray(fc.constantFrom('de', 'pl', 'tr')),
      identifiers: fc
        .uniqueArray(fc.constantFrom('1', '2', '3'))
        .map((v) => v.map((value) => ({ system: 'a', value }))),
    });
    fc.assert(
      fc.property(
        anyone,
        fc.array(fc.tuple(anyone, fc.boolean()), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (own, all, turn) => {
          const merged = (which: (back: boolean) => boolean) => {
            const survivor = person(own);
            const duplicates = all
              .filter(([, back]) => which(back))
              .map(([given, back]) => ({ back, one: person(given) }));
            duplicates.forEach(({ one }, i) => one.mergeInto(survivor, 'Same', at(i + 1)));
            return { survivor, duplicates };
          };
          const { survivor, duplicates } = merged(() => true);
          const toSeparate = duplicates.filter(({ back }) => back);
          // In any order.
          toSeparate.push(...toSeparate.splice(0, turn % (toSeparate.length + 1)));
          for (const { one } of toSeparate) {
            const others = duplicates.map((d) => d.one).filter((d) => d !== one && d.mergedInto !== null);
            unmerge(one, survivor, others);
          }
          expect(shown(survivor)).toEqual(shown(merged((back) => !back).survivor));
        },
      ),
      { numRuns: 300 },
    );
  });
});
