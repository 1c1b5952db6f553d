import type { FollowUpCause } from '../intake/intake.words';
import { FollowUp } from './follow-up.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const due = { caseId: 'c1', assignee: 'miss-cm', dueOn: '2026-03-02' };
const noted = () => FollowUp.note({ ...due, subject: 'Walking frame?' }, stamp);
const caused = () => FollowUp.because({ ...due, cause: 'plan_review', reference: 'r1' }, stamp);

it('CASE-9: a follow-up may be due today, not yesterday', () => {
  expect(noted()).toMatchObject({ status: 'open', cause: null });
  expect(() => FollowUp.note({ ...due, dueOn: '2026-03-01', subject: 'x' }, stamp)).toThrow('invalid input');
  expect(() => noted().reschedule('2026-03-01', null, stamp)).toThrow('invalid input');
});

it('CASE-9: it is put off with a trace, and completed once', () => {
  const found = noted();
  found.reschedule('2026-03-09', 'Supplier on holiday', stamp);
  expect(found).toMatchObject({
    dueOn: '2026-03-09',
    moves: [{ from: '2026-03-02', to: '2026-03-09', reason: 'Supplier on holiday' }],
  });
  found.complete('Has come', stamp);
  expect(found).toMatchObject({ status: 'done', ended: { note: 'Has come', by: 'miss-cm' } });
  expect(() => found.complete(null, stamp)).toThrow('follow-up-ended');
  expect(() => found.reschedule('2026-03-10', null, stamp)).toThrow('follow-up-ended');
});

it('CASE-9: it closes itself when the cause is gone, and does not mind when somebody was faster', () => {
  const found = caused();
  found.follow('2026-02-01', stamp);
  expect(found.dueOn).toBe('2026-02-01');
  found.close(stamp);
  expect(found.status).toBe('closed');
  const done = caused();
  done.complete(null, stamp);
  done.close(stamp);
  done.follow('2026-05-01', stamp);
  expect(done).toMatchObject({ status: 'done', dueOn: '2026-03-02' });
});

it('CASE-9, CASE-11: what another organisation sent is in no case, and passes to who answers for it now', () => {
  const found = FollowUp.because({ ...due, caseId: null, cause: 'steering_invited', reference: 's1' }, stamp);
  expect(found).toMatchObject({ caseId: null, waitsForOthers: false });
  found.passTo('team-lead');
  expect(found.assignee).toBe('team-lead');
  found.complete(null, stamp);
  found.passTo('somebody-else');
  expect(found.assignee).toBe('team-lead');
});

it('CASE-9, CASE-11, CASE-12: whoever invited or offered waits for others; whoever is asked, or told no, acts', () => {
  const waits = (cause: FollowUpCause) => FollowUp.because({ ...due, cause, reference: 'x' }, stamp).waitsForOthers;
  expect([waits('steering_unanswered'), waits('transfer_unanswered')]).toEqual([true, true]);
  for (const cause of [
    'steering_invited',
    'transfer_offered',
    'steering_not_taken_up',
    'transfer_not_taken_up',
  ] as const)
    expect([cause, waits(cause)]).toEqual([cause, false]);
});
