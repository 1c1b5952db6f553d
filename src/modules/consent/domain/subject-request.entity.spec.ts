import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { SubjectRequest } from './subject-request.entity';
import { type DecisionTerms, type SubjectRequestTerms, monthsAfter } from './subject-request.terms';
import { GROUNDS_OF, SUBJECT_REQUEST_KINDS } from './subject-request.words';

const on = (day: string, by = 'dpo') => ({ by, at: `${day}T09:00:00.000Z` });
const terms = (more: Partial<SubjectRequestTerms> = {}): SubjectRequestTerms => ({
  personId: 'mr-x',
  kind: 'access',
  receivedOn: '2026-01-31',
  channel: 'letter',
  asker: { kind: 'person' },
  wish: 'What do you know about me?',
  ...more,
});
const granted: DecisionTerms = {
  result: 'granted',
  toldOn: '2026-02-10',
  toldHow: 'By letter',
  remediesExplained: false,
};
const refused: DecisionTerms = {
  ...granted,
  result: 'refused',
  reasons: 'Nobody could show who they are.',
  grounds: ['identity_not_established'],
  remediesExplained: true,
};
const received = (more: Partial<SubjectRequestTerms> = {}, known = true) => {
  const request = SubjectRequest.receive(terms(more), on('2026-02-02', 'miss-cm'));
  if (known) request.confirmIdentity('identity_document', null, on('2026-02-03'));
  request.pullEvents();
  return request;
};
const refusal = (work: () => unknown): string | string[] | null => {
  try {
    work();
  } catch (error) {
    if (error instanceof RuleBroken) return error.code;
    return (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return null;
};

describe('SubjectRequest', () => {
  it('CONS-6: is to be answered within a month of its receipt, at the end of a shorter month by its last day', () => {
    const request = SubjectRequest.receive(terms(), on('2026-02-02'));
    expect(request.pullEvents()).toMatchObject([{ personId: 'mr-x', kind: 'access', dueOn: '2026-02-28' }]);
    expect([monthsAfter('2026-01-15', 1), monthsAfter('2027-11-30', 3), monthsAfter('2028-01-31', 1)]).toEqual([
      '2026-02-15',
      '2028-02-29',
      '2028-02-29',
    ]);
  });

  it('CONS-6: names every field of a request that does not fit', () => {
    const wrong = terms({ receivedOn: '2026-02-03', asker: { kind: 'guardian' } });
    expect(refusal(() => SubjectRequest.receive(wrong, on('2026-02-02')))).toEqual([
      '#/receivedOn in-the-future',
      '#/asker asker-unnamed',
    ]);
  });

  it('CONS-6: may take two months more, once, if the person is told within the first', () => {
    const request = received();
    expect(refusal(() => request.extend('Two places', '2026-03-01', on('2026-02-20')))).toEqual([
      '#/toldOn day-out-of-range',
    ]);
    request.extend('Two places', '2026-02-20', on('2026-02-20'));
    expect(request.dueOn).toBe('2026-04-30');
    expect(request.pullEvents()).toMatchObject([{ dueOn: '2026-04-30' }]);
    expect(refusal(() => request.extend('More', '2026-02-21', on('2026-02-21')))).toBe('subject-request-extended');
    expect(refusal(() => received().extend('Late', '2026-03-01', on('2026-03-01')))).toBe(
      'subject-request-too-late-to-extend',
    );
  });

  it('CONS-6: is granted only to somebody whose identity is made sure of', () => {
    const request = received({}, false);
    expect(refusal(() => request.decide(granted, [], on('2026-02-10')))).toBe('subject-request-identity-open');
    request.confirmIdentity('known_in_person', null, on('2026-02-10'));
    expect(refusal(() => request.confirmIdentity('other_proof', null, on('2026-02-10')))).toBe(
      'subject-request-identity-checked',
    );
    request.decide(granted, [], on('2026-02-10'));
    expect(request.pullEvents()).toMatchObject([{ kind: 'access', result: 'granted' }]);
    expect(request.decided).toBe(true);
  });

  it('CONS-6: may be refused without it, on that ground alone', () => {
    const request = received({}, false);
    request.decide(refused, [], on('2026-02-10'));
    expect(request.pullEvents()).toMatchObject([{ result: 'refused' }]);
  });

  it('CONS-6: a request from the own account needs no other proof', () => {
    const request = SubjectRequest.receive(terms(), on('2026-02-02', 'mr-x'), true);
    expect(refusal(() => request.decide(granted, [], on('2026-02-10')))).toBeNull();
  });

  it('sec. 83 (3) SGB X: what is not granted carries ground, reason and the way to complain', () => {
    const bare: DecisionTerms = { ...granted, result: 'partly', toldOn: '2026-01-30' };
    expect(refusal(() => received().decide(bare, [], on('2026-02-10')))).toEqual([
      '#/grounds ground-missing',
      '#/reasons reason-missing',
      '#/remediesExplained remedies-not-explained',
      '#/toldOn day-out-of-range',
    ]);
    expect(refusal(() => received().decide({ ...refused, grounds: ['retention_duty'] }, [], on('2026-02-10')))).toEqual(
      ['#/grounds/0 ground-does-not-fit'],
    );
    expect(refusal(() => received().decide({ ...granted, grounds: ['no_data_held'] }, [], on('2026-02-10')))).toEqual([
      '#/grounds ground-not-needed',
    ]);
    for (const kind of SUBJECT_REQUEST_KINDS)
      for (const ground of GROUNDS_OF[kind])
        expect([
          ground,
          refusal(() => received({ kind }).decide({ ...refused, grounds: [ground] }, [], on('2026-02-10'))),
        ]).toEqual([ground, null]);
  });

  it('GDPR 21: an objection is decided by weighing the interests, also when it is granted', () => {
    const objection = () => received({ kind: 'objection' });
    expect(refusal(() => objection().decide(granted, [], on('2026-02-10')))).toEqual(['#/reasons reason-missing']);
    const weighed = { ...granted, reasons: 'No interest of ours weighs more.' };
    expect(refusal(() => objection().decide(weighed, [], on('2026-02-10')))).toBeNull();
  });

  it('CONS-6: is not granted while what was asked for is not done', () => {
    const request = received({ kind: 'restriction' });
    expect(refusal(() => request.decide(granted, ['restriction-not-made'], on('2026-02-10')))).toBe(
      'subject-request-not-carried-out',
    );
    expect(
      refusal(() =>
        request.decide({ ...refused, grounds: ['ground_not_given'] }, ['restriction-not-made'], on('2026-02-10')),
      ),
    ).toBeNull();
  });

  it('CONS-6: stays as it was decided', () => {
    const request = received();
    request.addStep('Asked both teams', on('2026-02-05'));
    request.decide(granted, [], on('2026-02-10'));
    for (const late of [
      () => request.decide(granted, [], on('2026-02-11')),
      () => request.addStep('One more', on('2026-02-11')),
      () => request.extend('Longer', '2026-02-11', on('2026-02-11')),
      () => request.confirmIdentity('other_proof', null, on('2026-02-11')),
    ])
      expect(refusal(late)).toBe('subject-request-decided');
  });
});
