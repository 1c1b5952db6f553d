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
