import { StaffMember } from './staff-member.entity';

const stamp = { by: 'team-lead', at: '2026-03-02T09:00:00.000Z' };
const qualification = { title: 'Case Manager (DGCC)', validUntil: '2026-12-31', lastTrainingOn: null };
const employ = (more: object = {}) =>
  StaffMember.employ(
    'miss-cm',
    { displayName: 'Miss CM', team: 'hospital', caseloadLimit: null, qualification, ...more },
    stamp,
  );

it('CASE-7: a case manager is on record with limit and qualification', () => {
  const member = employ({ caseloadLimit: 30 });
  expect(member.caseloadLimit).toBe(30);
  expect(member.pullEvents()).toMatchObject([
    { subject: 'miss-cm', qualificationValidUntil: '2026-12-31', caseloadLimit: 30 },
  ]);
});

it('CASE-7: without a limit of their own the one of the organisation holds', () =>
  expect(employ().pullEvents()).toMatchObject([{ caseloadLimit: null }]));

it('CASE-7: every change is made known', () => {
  const member = employ();
  member.change({ displayName: 'Miss CM', team: null, caseloadLimit: 25, qualification: null }, stamp);
  expect(member.pullEvents()).toMatchObject([{}, { qualificationValidUntil: null, caseloadLimit: 25 }]);
});

it('CASE-7: a qualification counts to its last day', () => {
  expect(employ().isQualifiedOn('2026-12-31')).toBe(true);
  expect(employ().isQualifiedOn('2027-01-01')).toBe(false);
  expect(employ({ qualification: { ...qualification, validUntil: null } }).isQualifiedOn('2040-01-01')).toBe(true);
  expect(employ({ qualification: null }).isQualifiedOn('2026-03-02')).toBe(false);
});

it('QA-8: a training still to come does not count', () =>
  expect(() => employ({ qualification: { ...qualification, lastTrainingOn: '2026-03-03' } })).toThrow('invalid input'));
