import { MedicationHandout } from './medication-handout.entity';
import { MedicationNote } from './medication-note.entity';
import type { HandoutContent, MedicationContent } from './medication.values';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const later = { by: 'team-lead', at: '2026-03-03T09:00:00.000Z' };
const active = { caseId: 'c1', status: 'active' };
const closed = { caseId: 'c1', status: 'closed' };
const content: MedicationContent = {
  need: 'Blood thinner after the stroke',
  prescriber: 'Dr Berg',
  storage: 'Locked box in the kitchen',
  disposal: null,
  mayAdminister: [{ name: 'Ms Kühn', capacity: 'nursing_service' }],
  since: '2026-03-01',
  until: null,
};
const given: HandoutContent = {
  at: '2026-03-02T07:00:00.000Z',
  administeredBy: 'Ms Kühn',
  what: 'Morning box',
  remark: null,
};

it('CASE-14: a note carries the name of who wrote it; other modules learn that there is one, not what it says', () => {
  const note = MedicationNote.write(active, content, stamp);
  expect(note).toMatchObject({ ...content, writtenBy: 'miss-cm', correctionReason: null });
  expect(note.pullEvents()).toEqual([expect.objectContaining({ caseId: 'c1', at: stamp.at })]);
});

it('CASE-14: a correction is a new version with a reason; what stood before stays readable', () => {
  const note = MedicationNote.write(active, content, stamp);
  note.pullEvents();
  note.correct({ storage: 'Fridge', until: '2026-03-31' }, 'New product', later);
  expect(note).toMatchObject({ storage: 'Fridge', until: '2026-03-31', writtenBy: 'team-lead' });
  expect(note).toMatchObject({ earlier: [{ ...content, writtenBy: 'miss-cm', writtenAt: stamp.at, reason: null }] });
  expect(note.pullEvents()).toHaveLength(1);
});

it('CASE-14: a correction that changes nothing is none, in whatever order the fields come', () =>
  expect(() =>
    MedicationNote.write(active, content, stamp).correct(
      { mayAdminister: [{ capacity: 'nursing_service', name: 'Ms Kühn' }], storage: undefined },
      'x',
      later,
    ),
  ).toThrow('nothing-corrected'));

it('CASE-14: a note does not end before it begins, also not by correction', () => {
  expect(() => MedicationNote.write(active, { ...content, until: '2026-02-28' }, stamp)).toThrow('invalid input');
  expect(() => MedicationNote.write(active, content, stamp).correct({ until: '2026-02-28' }, 'x', later)).toThrow(
    'invalid input',
  );
});

it('CASE-14: who may administer is known by name, whatever the spelling of accents', () => {
  const note = MedicationNote.write(active, content, stamp);
  expect([note.allows('Ms Kuehn'), note.allows('MS KÜHN'), note.allows('Mr Y')]).toEqual([true, true, false]);
});

it('CASE-14: a handout says when, who and what; it is corrected by a new version', () => {
  const note = MedicationNote.write(active, content, stamp);
  const entry = MedicationHandout.write(note, active, given, stamp);
  expect(entry.pullEvents()).toEqual([expect.objectContaining({ caseId: 'c1', medicationId: note.id, at: given.at })]);
  entry.correct(note, { at: '2026-03-02T08:30:00+01:00' }, 'Wrong hour', later);
  expect(entry).toMatchObject({ writtenBy: 'team-lead', earlier: [{ ...given, writtenBy: 'miss-cm', reason: null }] });
  expect(() => entry.correct(note, { at: '2026-03-02T07:30:00Z' }, 'Same', later)).toThrow('nothing-corrected');
});

it('CASE-14: what is to come, or lies outside the days of the note, was not administered', () => {
  const note = MedicationNote.write(active, { ...content, until: '2026-03-02' }, stamp);
  for (const at of ['2026-03-02T10:00:00Z', '2026-02-28T10:00:00Z', '2026-03-03T10:00:00Z'])
    expect(() => MedicationHandout.write(note, active, { ...given, at }, stamp)).toThrow('invalid input');
  const entry = MedicationHandout.write(note, active, given, stamp);
  expect(() => entry.correct(note, { at: '2026-02-28T10:00:00Z' }, 'x', later)).toThrow('invalid input');
});

it('CASE-14: a closed case takes neither notes nor handouts', () => {
  const note = MedicationNote.write(active, content, stamp);
  expect(() => MedicationNote.write(closed, content, stamp)).toThrow('case-closed');
  expect(() => MedicationHandout.write(note, closed, given, stamp)).toThrow('case-closed');
});
