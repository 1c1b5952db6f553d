import { type EntryContent, JournalEntry } from './journal-entry.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const later = { by: 'team-lead', at: '2026-03-03T09:00:00.000Z' };
const active = { caseId: 'c1', status: 'active' };
const visit: EntryContent = {
  kind: 'home_visit',
  function: 'support',
  participants: ['Mr X'],
  minutes: 60,
  costCents: 450,
  on: '2026-03-01',
  text: 'Looked at the flat',
  sharedWithClient: true,
  sharedInSteering: false,
};

it('CASE-8: an activity is recorded with kind, function, time and cost', () =>
  expect(JournalEntry.write(active, visit, stamp).pullEvents()).toMatchObject([
    { caseId: 'c1', kind: 'home_visit', servedFunction: 'support', minutes: 60, costCents: 450, on: '2026-03-01' },
  ]));

it('CASE-8: a correction is a new version with a reason; who wrote what before stays readable', () => {
  const entry = JournalEntry.write(active, visit, stamp);
  entry.pullEvents();
  entry.correct({ minutes: 90, text: undefined }, 'The way was missing', later);
  expect(entry).toMatchObject({
    minutes: 90,
    text: visit.text,
    writtenBy: 'team-lead',
    correctionReason: 'The way was missing',
  });
  expect(entry).toMatchObject({ earlier: [{ ...visit, writtenBy: 'miss-cm', writtenAt: stamp.at, reason: null }] });
  expect(entry.pullEvents()).toMatchObject([{ minutesBefore: 60, minutes: 90, costCentsBefore: 450, costCents: 450 }]);
  entry.correct({ sharedWithClient: false }, 'Not for the client', later);
  expect(entry).toMatchObject({ earlier: [{ minutes: 60 }, { minutes: 90, reason: 'The way was missing' }] });
});

it('CASE-8: a correction that changes nothing is none', () =>
  expect(() =>
    JournalEntry.write(active, visit, stamp).correct({ minutes: 60, participants: ['Mr X'] }, 'x', later),
  ).toThrow('nothing-corrected'));

it('CASE-8: what is planned is no activity yet', () => {
  expect(() => JournalEntry.write(active, { ...visit, on: '2026-03-03' }, stamp)).toThrow('invalid input');
  expect(() => JournalEntry.write(active, visit, stamp).correct({ on: '2026-04-01' }, 'x', later)).toThrow(
    'invalid input',
  );
});

it('CASE-8: a closed case takes documentation only', () => {
  const closed = { caseId: 'c1', status: 'closed' };
  expect(() => JournalEntry.write(closed, visit, stamp)).toThrow('journal-closed');
  expect(JournalEntry.write(closed, { ...visit, kind: 'documentation' }, stamp).pullEvents()).toHaveLength(1);
});
