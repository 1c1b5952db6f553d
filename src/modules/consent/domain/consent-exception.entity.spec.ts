import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { ConsentException } from './consent-exception.entity';
import type { ExceptionTerms } from './exception-terms';

const at = (instant: string, by = 'miss-cm') => ({ by, at: instant });
const first = at('2026-03-01T09:00:00.000Z');
const lead = at('2026-03-01T15:00:00.000Z', 'team-lead');
const youthOffice = { kind: 'organisation' as const, id: 'youth-office', name: 'Youth office' };
const terms = (more: Partial<ExceptionTerms> = {}): ExceptionTerms => ({
  personId: 'son',
  kind: 'child_abuse',
  legalBasis: 'KKG_4_3',
  facts: 'Bruises on two visits; the child tells of blows.',
  milderMeans: 'Talked with both parents, who refuse any help.',
  assessedWith: ['Team lead'],
  specialist: { consulted: true, pseudonymised: true },
  priorNotice: { given: true },
  purpose: 'coordination',
  categories: ['identity', 'situation'],
  recipient: youthOffice,
  validUntil: '2026-03-31',
  ...more,
});
const invoked = (more: Partial<ExceptionTerms> = {}) => {
  const exception = ConsentException.invoke('case', terms(more), first);
  exception.pullEvents();
  return exception;
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
const carries = (exception: ConsentException, now: string, categories = ['identity']) =>
  exception.carries(youthOffice, categories, 'coordination', now);

describe('ConsentException', () => {
  it('CONS-4: counts at once, for what it names and nothing else', () => {
    const exception = invoked();
    expect(carries(exception, first.at)).toBe(true);
    expect(carries(exception, first.at, ['identity', 'health'])).toBe(false);
    expect(exception.carries({ ...youthOffice, id: 'police' }, ['identity'], 'coordination', first.at)).toBe(false);
    expect(exception.carries(youthOffice, ['identity'], 'referral', first.at)).toBe(false);
  });

  it('CONS-4: lapses when no second person confirms within a day', () => {
    const exception = invoked();
    expect([carries(exception, '2026-03-02T09:00:00.000Z'), carries(exception, '2026-03-02T09:00:00.001Z')]).toEqual([
      true,
      false,
    ]);
    expect(exception.carriesUntil).toBe('2026-03-02');
    expect(refusal(() => exception.confirm(at('2026-03-02T09:00:00.001Z', 'team-lead')))).toBe('exception-not-open');
    exception.lapse(first);
    expect(exception.pullEvents()).toEqual([]);
    exception.lapse(at('2026-03-03T02:15:00.000Z', 'system:job'));
    exception.lapse(at('2026-03-04T02:15:00.000Z', 'system:job'));
    expect(exception.pullEvents()).toMatchObject([{ as: 'lapsed' }]);
  });

  it('CONS-4: confirmed by another than the first, it counts to its end', () => {
    const exception = invoked();
    expect(refusal(() => exception.confirm(first))).toBe('exception-second-person');
    expect(refusal(() => exception.reject('No', first))).toBe('exception-second-person');
    exception.confirm(lead);
    expect(exception.carriesUntil).toBe('2026-03-31');
    expect([carries(exception, '2026-03-31T21:59:59.999Z'), carries(exception, '2026-03-31T22:00:00.000Z')]).toEqual([
      true,
      false,
    ]);
    expect(refusal(() => exception.confirm(lead))).toBe('exception-confirmed');
    exception.lapse(at('2026-03-20T02:15:00.000Z'));
    expect(exception.pullEvents().map(({ constructor }) => constructor.name)).toEqual(['ConsentExceptionConfirmed']);
  });

  it('CONS-4: rejected or ended it carries nothing from that instant on', () => {
    for (const finish of [
      (e: ConsentException) => e.reject('The danger is averted.', lead),
      (e: ConsentException) => e.end('The child is safe.', first),
    ]) {
      const exception = invoked();
      finish(exception);
      expect(carries(exception, lead.at)).toBe(false);
      expect(refusal(() => exception.confirm(lead))).toBe('exception-not-open');
    }
  });

  it('CONS-4: the client is told afterwards, or it is said why not', () => {
    const exception = invoked();
    expect(refusal(() => exception.informClient({}, lead))).toEqual(['#/informedOn informed-or-why-not']);
    expect(refusal(() => exception.informClient({ informedOn: '2026-03-02', how: 'Talk' }, lead))).toEqual([
      '#/informedOn informed-or-why-not',
    ]);
    exception.informClient({ reason: 'It would endanger the child.' }, lead);
    exception.informClient({ informedOn: '2026-03-01', how: 'Talk' }, lead);
    expect(exception.pullEvents()).toMatchObject([{ informed: false }, { informed: true }]);
    expect(refusal(() => exception.informClient({ reason: 'No' }, lead))).toBe('exception-client-informed');
  });

  it('CONS-4: what is told in free words stands apart from what the check needs, and grows with the steps', () => {
    const specialist = { consulted: true, pseudonymised: true, note: 'Act.' };
    const exception = invoked({ specialist, priorNotice: { given: false, reason: 'Danger.' } });
    exception.informClient({ reason: 'Not yet.' }, lead);
    exception.informClient({ informedOn: '2026-03-01', how: 'Talk.' }, lead);
    exception.end('Safe.', first);
    const { wording, ...open } = exception;
    expect(wording).toEqual({
      facts: 'Bruises on two visits; the child tells of blows.',
      milderMeans: 'Talked with both parents, who refuse any help.',
      specialistNote: 'Act.',
      priorNoticeReason: 'Danger.',
      endReason: 'Safe.',
      informedHow: 'Talk.',
      informedReason: null,
    });
    for (const word of Object.values(wording!)) if (word) expect(JSON.stringify(open)).not.toContain(word);
    expect(() => Object.assign(invoked(), { wording: null }).end('Over.', lead)).toThrow('opened before');
  });

  it('CONS-4: every field that does not fit is named', () => {
    expect(
      refusal(() =>
        invoked({
          legalBasis: 'COURT_ORDER',
          specialist: undefined,
          priorNotice: { given: false },
          validUntil: '2026-02-28',
        }),
      ),
    ).toEqual([
      '#/legalBasis basis-does-not-fit',
      '#/specialist specialist-missing',
      '#/priorNotice/reason reason-missing',
      '#/validUntil end-out-of-range',
    ]);
    expect(refusal(() => invoked({ validUntil: '2026-05-31' }))).toEqual(['#/validUntil end-out-of-range']);
    expect(refusal(() => invoked({ specialist: { consulted: true, pseudonymised: false } }))).toEqual([
      '#/specialist/pseudonymised not-pseudonymised',
    ]);
    expect(refusal(() => invoked({ specialist: { consulted: false, pseudonymised: false } }))).toEqual([
      '#/specialist/note reason-missing',
    ]);
  });
});
