import { RuleBroken } from '../../../shared/domain/errors';
import { DataDispute, type DisputeTerms } from './data-dispute.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const raise = (more: Partial<DisputeTerms> = {}) =>
  DataDispute.raise(
    {
      personId: 'mr-x',
      caseId: 'case-1',
      requestId: null,
      record: { type: 'journal_entry', id: 'entry-1', version: 1 },
      statement: 'He had been drinking.',
      counterStatement: 'I had not.',
      subjectRequestId: null,
      ...more,
    },
    stamp,
  );
const settled = (how: (dispute: DataDispute) => void, more: Partial<DisputeTerms> = {}) => {
  const dispute = raise(more);
  dispute.pullEvents();
  how(dispute);
  return dispute;
};
const upheld = { ground: 'truth_not_established', reason: 'Nobody else was there.' } as const;
const refusal = (work: () => void): string | null => {
  try {
    work();
  } catch (error) {
    return (error as RuleBroken).code;
  }
  return null;
};

describe('DataDispute', () => {
  it('CONS-6: a record whose accuracy is contested is used with that mark from then on', () => {
    const dispute = raise();
    expect(dispute.marks).toBe(true);
    expect(dispute.pullEvents()).toMatchObject([
      { caseId: 'case-1', personId: 'mr-x', kind: 'journal_entry', recordId: 'entry-1' },
    ]);
  });

  it('CONS-6: the mark goes when the record is corrected or the person no longer contests it', () => {
    const corrected = settled((dispute) => dispute.correct(2, stamp));
    const withdrawn = settled((dispute) => dispute.withdraw(null, stamp));
    expect([corrected.marks, withdrawn.marks]).toEqual([false, false]);
    expect(corrected.pullEvents()).toMatchObject([{ as: 'corrected', recordId: 'entry-1' }]);
    expect(withdrawn.pullEvents()).toMatchObject([{ as: 'withdrawn' }]);
  });

  it('CONS-6: a record that stays as it is keeps the mark, and the counter statement beside it', () => {
    const dispute = settled((one) => one.uphold(upheld, stamp));
    expect(dispute.marks).toBe(true);
    expect(dispute.pullEvents()).toMatchObject([{ as: 'upheld' }]);
  });

  it('CONS-6: nothing counts as corrected before the record itself is', () => {
    const dispute = raise();
    expect(refusal(() => dispute.correct(1, stamp))).toBe('data-dispute-not-corrected');
    expect(dispute.marks).toBe(true);
    // Records of some kinds have no versions: there the word of whoever settles it counts.
    const unversioned = raise({ record: { type: 'plan_edition', id: 'edition-1', version: null } });
    expect(refusal(() => unversioned.correct(null, stamp))).toBeNull();
  });

  it('CONS-6: it is settled once', () => {
    const steps: ((dispute: DataDispute) => void)[] = [
      (dispute) => dispute.correct(2, stamp),
      (dispute) => dispute.uphold(upheld, stamp),
      (dispute) => dispute.withdraw('Agreed', stamp),
    ];
    for (const first of steps)
      for (const second of steps)
        expect(
          refusal(() => {
            const dispute = raise();
            first(dispute);
            second(dispute);
          }),
        ).toBe('data-dispute-settled');
  });
});
