import type { Giver } from './consent-terms';
import { lastDayOfMinority, whyAnew } from './giver-standing';

const mother: Giver = { kind: 'guardian', name: 'M', personId: 'mother' };
const carer: Giver = { kind: 'representative', name: 'B', personId: 'carer' };
const client: Giver = { kind: 'client', name: 'X' };
const by = (givenBy: Giver, alsoBy: Giver | null = null) => ({ givenBy, alsoBy });
type Who = { birthDate?: string | null; guardians?: string[]; representatives?: string[] };
const why = (
  given: ReturnType<typeof by>,
  { birthDate = null, guardians = [], representatives = [] }: Who,
  today = '2026-03-02',
) =>
  whyAnew(
    given,
    {
      birthDate,
      guardians: guardians.map((personId) => ({ personId, scope: null })),
      representatives: representatives.map((personId) => ({ personId, kind: 'legal_guardianship', tasks: ['health'] })),
    },
    { today, ahead: 30 },
  ).map((one) => `${one.why} ${one.from}`);

describe('the word of others', () => {
  it('CONS-1: carries until the day before the majority where guardians alone gave it (BGB §§ 2, 1626)', () => {
    expect(lastDayOfMinority(by(mother), '2008-03-20')).toBe('2026-03-19');
    expect(lastDayOfMinority(by(mother, mother), '2008-02-29')).toBe('2026-02-28');
    expect(lastDayOfMinority(by(mother, client), '2008-03-20')).toBeNull();
    expect(lastDayOfMinority(by(carer), '1950-03-20')).toBeNull();
    expect(lastDayOfMinority(by(mother), null)).toBeNull();
  });

  it('CONS-1: is asked for anew before the majority, told by the month so that no birthday stands in the open', () => {
    const child = { birthDate: '2008-05-20', guardians: ['mother'] };
    expect(why(by(mother), { ...child }, '2026-03-31')).toEqual(['own_say 2022-05-01']);
    expect(why(by(mother), child, '2026-04-01')).toEqual(['came_of_age 2026-05-01']);
    expect(why(by(mother), child, '2031-04-01')).toEqual(['came_of_age 2026-05-01']);
    expect(why(by(client, mother), child, '2031-04-01')).toEqual([]);
  });

  it('CONS-1: minors who have reached 14 since are asked as well; what was allowed carries on', () => {
    const child = { birthDate: '2012-02-10', guardians: ['mother'] };
    expect(why(by(mother), child, '2026-02-28')).toEqual([]);
    expect(why(by(mother), child, '2026-03-01')).toEqual(['own_say 2026-02-01']);
    expect(why(by(mother), { ...child, guardians: ['father'] })).toEqual([
      'own_say 2026-02-01',
      'representation_ended 2026-03-02',
    ]);
    expect(why(by(mother), { birthDate: '2016-02-10', guardians: ['mother'] })).toEqual([]);
  });

  it('CONS-1: is asked for anew where nobody of those who gave it may decide any more', () => {
    expect(why(by(carer), { representatives: ['carer'] })).toEqual([]);
    expect(why(by(carer), { representatives: ['other'] })).toEqual(['representation_ended 2026-03-02']);
    expect(why(by(mother, { ...mother, personId: 'father' }), { guardians: ['father'] })).toEqual([]);
    // Who was not on record when it was given cannot be looked up.
    expect(why(by({ ...carer, personId: null }), {})).toEqual([]);
  });
});
