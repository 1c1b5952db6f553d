import { EmergencyAccess, type EmergencyTerms } from './emergency-access.entity';
import { workingDaysAfter } from './emergency.words';

const FRIDAY = '2026-03-06T22:00:00.000Z';
const stamp = (by: string, at = FRIDAY) => ({ by, at });
const terms: EmergencyTerms = {
  reasonCode: 'acute_danger_to_child',
  justification: 'The police ask at once where the son is placed.',
  minutes: 60,
};
const ask = (isProtected = false) => EmergencyAccess.ask('c1', terms, isProtected, stamp('mr-cm'));
const types = (access: EmergencyAccess) =>
  access.pullEvents().map((event) => (event.constructor as unknown as { type: string }).type);

it('§6.3: it opens at once for the minutes asked, and is to be reviewed within three working days', () => {
  const access = ask();
  expect(access).toMatchObject({ subject: 'mr-cm', reviewDueOn: '2026-03-11' });
  expect(access.pullEvents()).toEqual([
    expect.objectContaining({
      caseId: 'c1',
      subject: 'mr-cm',
      endsAt: '2026-03-06T23:00:00.000Z',
      dueOn: '2026-03-11',
    }),
  ]);
  expect([FRIDAY, '2026-03-06T22:59:59.999Z', '2026-03-06T23:00:00.000Z'].map((at) => access.isOpen(at))).toEqual([
    true,
    true,
    false,
  ]);
});

it('§6.3: three working days do not count Saturdays and Sundays', () => {
  const from = ['2026-03-02', '2026-03-04', '2026-03-06', '2026-03-07', '2026-03-08'];
  expect(from.map((day) => workingDaysAfter(day, 3))).toEqual([
    '2026-03-05',
    '2026-03-09',
    '2026-03-11',
    '2026-03-11',
    '2026-03-11',
  ]);
});

it('§6.3: a protected case opens only when a second person approves it in time', () => {
  const access = ask(true);
  expect(types(access)).toEqual(['case.emergency_access_awaits_approval']);
  expect(access.isOpen(FRIDAY)).toBe(false);
  expect(() => access.end(stamp('mr-cm'))).toThrow('emergency-not-active');
  expect(() => access.review('justified', 'x', stamp('dpo'))).toThrow('emergency-nothing-to-review');
  expect(() => access.approve(stamp('mr-cm'))).toThrow('emergency-second-person');
  access.approve(stamp('team-lead', '2026-03-06T22:10:00.000Z'));
  expect(access.untilAt).toEqual(new Date('2026-03-06T23:10:00.000Z'));
  expect(types(access)).toEqual(['case.emergency_access_opened']);
  expect(() => access.approve(stamp('dpo'))).toThrow('emergency-approval-not-awaited');
  expect(() => access.review('justified', 'x', stamp('team-lead'))).toThrow('emergency-second-person');
  expect(() => ask(true).approve(stamp('team-lead', '2026-03-07T02:00:00.000Z'))).toThrow(
    'emergency-approval-not-awaited',
  );
  expect(() => ask().approve(stamp('team-lead'))).toThrow('emergency-approval-not-awaited');
});

it('§6.3: somebody else reviews it, once; what was not right is over at once', () => {
  const access = ask();
  access.pullEvents();
  expect(() => access.review('justified', 'Mine', stamp('mr-cm'))).toThrow('emergency-second-person');
  access.review('unjustified', 'Curiosity', stamp('dpo', '2026-03-06T22:30:00.000Z'));
  expect(access.isOpen('2026-03-06T22:30:00.000Z')).toBe(false);
  expect(types(access)).toEqual(['case.emergency_access_ended', 'case.emergency_access_reviewed']);
  expect(() => access.review('justified', 'x', stamp('dpo'))).toThrow('emergency-nothing-to-review');
  const right = ask();
  right.review('justified', 'Rightly', stamp('dpo'));
  expect(right.isOpen('2026-03-06T22:30:00.000Z')).toBe(true);
});

it('§6.3: it is given back before its time, once', () => {
  const access = ask();
  access.end(stamp('mr-cm', '2026-03-06T22:05:00.000Z'));
  expect(access.isOpen('2026-03-06T22:05:00.000Z')).toBe(false);
  expect(() => access.end(stamp('mr-cm', '2026-03-06T22:06:00.000Z'))).toThrow('emergency-not-active');
});

it('§6.3: a review that is missing is reported once, from the day after it was due', () => {
  const access = ask();
  access.pullEvents();
  access.remind(stamp('job', '2026-03-11T02:15:00.000Z'));
  expect(types(access)).toEqual([]);
  access.remind(stamp('job', '2026-03-12T02:15:00.000Z'));
  access.remind(stamp('job', '2026-03-13T02:15:00.000Z'));
  expect(types(access)).toEqual(['case.emergency_review_overdue']);
  const reviewed = ask();
  reviewed.review('justified', 'Rightly', stamp('dpo'));
  reviewed.pullEvents();
  reviewed.remind(stamp('job', '2026-03-20T02:15:00.000Z'));
  expect(types(reviewed)).toEqual([]);
});
