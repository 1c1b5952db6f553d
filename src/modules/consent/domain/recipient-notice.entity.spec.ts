import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { type NoticeTerms, RecipientNotice } from './recipient-notice.entity';
import { type Passage, byRecipient } from './recipient-notice.passages';

const on = (day: string, by = 'dpo') => ({ by, at: `${day}T09:00:00.000Z` });
const passage = (more: Partial<Passage> = {}): Passage => ({
  caseId: 'case-1',
  flow: 'referral',
  sourceId: 'referral-1',
  consentId: 'consent-1',
  categories: ['identity', 'health'],
  lastOn: '2026-02-10',
  ...more,
});
const physio = { kind: 'organisation', id: 'physio', name: 'Physio am Park' } as const;
const mother = { kind: 'person', id: 'mother', name: 'Mrs X' } as const;
const arise = (more: Partial<NoticeTerms> = {}) => {
  const terms = { occasion: 'rectification', occasionId: 'request-1', personId: 'mr-x', recipient: physio } as const;
  return RecipientNotice.arise({ ...terms, passages: [passage()], ...more }, '2026-03-02T09:00:00.000Z');
};
const letter = (toldOn = '2026-03-03') => ({ toldOn, how: 'letter' }) as const;
const waiver = { ground: 'impossible', reason: 'The practice is closed.' } as const;
const refusal = (work: () => unknown): string | string[] | null => {
  try {
    work();
  } catch (error) {
    if (error instanceof RuleBroken) return error.code;
    return (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return null;
};

describe('RecipientNotice', () => {
  it('CONS-6: a recipient is to be told within two weeks of what happened to the data they were given', () => {
    const notice = arise();
    expect(notice.pullEvents()).toMatchObject([
      { personId: 'mr-x', occasion: 'rectification', occasionId: 'request-1', dueOn: '2026-03-16' },
    ]);
    expect([notice.isOpen, notice.dueOn]).toEqual([true, '2026-03-16']);
  });

  it('CONS-6: it is settled once, by telling the recipient or by the reason why not', () => {
    const told = arise();
    told.pullEvents();
    told.tell(letter(), on('2026-03-04'));
    expect([told.isOpen, told.wasTold]).toEqual([false, true]);
    expect(told.pullEvents()).toMatchObject([{ occasion: 'rectification', as: 'told' }]);
    expect(refusal(() => told.tell(letter(), on('2026-03-04')))).toBe('recipient-notice-settled');
    expect(refusal(() => told.waive(waiver, on('2026-03-04')))).toBe('recipient-notice-settled');
    const waived = arise();
    waived.pullEvents();
    waived.waive(waiver, on('2026-03-04'));
    expect([waived.isOpen, waived.wasTold]).toEqual([false, false]);
    expect(waived.pullEvents()).toMatchObject([{ as: 'not_told' }]);
  });

  it('CONS-6: nobody is told in the future, or before they were given anything', () => {
    for (const day of ['2026-03-05', '2026-02-09'])
      expect(refusal(() => arise().tell(letter(day), on('2026-03-04')))).toEqual(['#/toldOn day-out-of-range']);
    expect(refusal(() => arise().tell(letter('2026-02-10'), on('2026-03-04')))).toBeNull();
  });

  it('CONS-6: when a restriction ends before a recipient was told of it, there is nothing to tell any more', () => {
    const notice = arise({ occasion: 'restriction' });
    notice.overtake(on('2026-03-05'));
    expect([notice.isOpen, notice.wasTold]).toEqual([false, false]);
    notice.pullEvents();
    notice.overtake(on('2026-03-06'));
    expect(notice.pullEvents()).toEqual([]);
  });

  it('CONS-6: of an erasure a notice names no person and says nothing about them', () => {
    const notice = arise({ occasion: 'erasure', personId: 'mr-x' });
    notice.alsoErased([passage({ caseId: 'case-2', sourceId: 'referral-2' }), passage()]);
    expect(notice.pullEvents()).toMatchObject([{ personId: null }]);
    expect(notice.personId).toBeNull();
    expect(notice.passages).toEqual([
      { caseId: 'case-1', flow: 'referral', sourceId: 'referral-1', consentId: null, categories: [], lastOn: null },
      { caseId: 'case-2', flow: 'referral', sourceId: 'referral-2', consentId: null, categories: [], lastOn: null },
    ]);
    expect(refusal(() => notice.tell(letter('2026-03-01'), on('2026-03-04')))).toEqual(['#/toldOn day-out-of-range']);
  });

  it('CONS-6: a person who was told of an erasure is no longer named; an organisation is', () => {
    const [person, organisation] = [mother, physio].map((recipient) => arise({ occasion: 'erasure', recipient }));
    expect(person!.recipient.name).toBe('Mrs X');
    person!.tell(letter(), on('2026-03-04'));
    organisation!.waive(waiver, on('2026-03-04'));
    expect([person!.recipient, organisation!.recipient]).toEqual([{ ...mother, name: null }, physio]);
  });

  it('CONS-5: everybody in the register comes up once, with all that they were given', () => {
    const given = byRecipient([
      { recipient: physio, passage: passage() },
      { recipient: mother, passage: passage({ flow: 'plan_copy', sourceId: 'plan-1' }) },
      { recipient: { ...physio, name: null }, passage: passage({ categories: ['contact'], lastOn: '2026-02-20' }) },
      { recipient: physio, passage: passage({ consentId: 'consent-2' }) },
    ]);
    expect(given.map(({ recipient, passages }) => [recipient, passages.length])).toEqual([
      [physio, 2],
      [mother, 1],
    ]);
    expect(given[0]!.passages[0]).toMatchObject({
      categories: ['contact', 'health', 'identity'],
      lastOn: '2026-02-20',
    });
  });
});
