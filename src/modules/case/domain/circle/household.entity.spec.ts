import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { HouseholdEntryRevoked, HouseholdJoined, HouseholdLeft } from '../../events';
import { Household, type NewMember } from './household.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const record = (...members: NewMember[]) => Household.record(members, stamp);
const outcome = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof RuleBroken
      ? error.code
      : (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  }
  return 'taken';
};
const times = ({ members }: Household) =>
  members.filter(({ revoked }) => !revoked).map((one) => [one.personId, one.validFrom, one.validUntil]);

describe('who lives together', () => {
  it('CASE-1: people move in and out, and move in again', () => {
    const household = record({ personId: 'miss-x', validFrom: '2010-01-01' }, { personId: 'son' });
    household.join({ personId: 'mr-x', validFrom: '2020-05-01' }, stamp);
    household.leave('mr-x', '2026-01-31', stamp);
    household.join({ personId: 'mr-x', validFrom: '2026-03-01' }, stamp);
    expect(times(household)).toEqual([
      ['miss-x', '2010-01-01', null],
      ['son', null, null],
      ['mr-x', '2020-05-01', '2026-01-31'],
      ['mr-x', '2026-03-01', null],
    ]);
    expect(household.pullEvents().map(({ constructor }) => constructor)).toEqual([
      ...[HouseholdJoined, HouseholdJoined, HouseholdJoined, HouseholdLeft, HouseholdJoined],
    ]);
  });

  it('CASE-1: nobody lives there twice at a time, and nobody leaves who does not live there', () => {
    const household = record({ personId: 'son', validFrom: '2012-01-05' });
    expect(outcome(() => household.join({ personId: 'son' }, stamp))).toBe('already-in-household');
    expect(outcome(() => household.leave('mr-x', '2026-03-01', stamp))).toBe('not-in-household');
    for (const on of ['2012-01-04', '2026-03-03'])
      expect(outcome(() => household.leave('son', on, stamp))).toBe('#/on end-out-of-range');
    household.leave('son', '2026-03-01', stamp);
    expect(outcome(() => household.leave('son', '2026-03-01', stamp))).toBe('not-in-household');
    expect(outcome(() => household.join({ personId: 'son', validFrom: '2026-02-01' }, stamp))).toBe(
      'already-in-household',
    );
  });

  it('CASE-1: every wrong field is named', () =>
    expect(
      outcome(() => record({ personId: 'son', validFrom: '2026-03-03' }, { personId: 'mr-x' }, { personId: 'son' })),
    ).toBe('#/members/0/validFrom starts-in-future, #/members/2/personId person-named-twice'));

  it('CASE-1: what was a mistake is revoked, and stays on record', () => {
    const household = record({ personId: 'son' }, { personId: 'neighbour' });
    household.pullEvents();
    household.revoke('neighbour', 'Lives next door', stamp);
    expect(household.pullEvents()).toEqual([new HouseholdEntryRevoked(household.id, 'neighbour', stamp.at)]);
    expect(household.members.at(-1)!.revoked).toEqual({ reason: 'Lives next door', ...stamp });
    expect(outcome(() => household.revoke('neighbour', 'Again', stamp))).toBe('not-in-household');
    household.join({ personId: 'neighbour', validFrom: '2026-03-01' }, stamp);
    expect(times(household)).toEqual([
      ['son', null, null],
      ['neighbour', '2026-03-01', null],
    ]);
  });
});
