import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import { CaseTransferAccepted, CaseTransferDeclined, CaseTransferProposed, CaseTransferWithdrawn } from '../../events';
import { CaseTransfer } from './case-transfer.entity';
import type { HandoverFacts, TransferTerms } from './case-transfer.values';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const answer = { by: 'other', at: '2026-03-03T09:00:00.000Z' };
const facts = { asOf: '2026-03-02', phase: 'monitoring' } as HandoverFacts;
const kase = { caseId: 'case-1', responsible: 'miss-cm' };
const terms: TransferTerms = {
  recipient: { kind: 'organisation', id: 'other-org', name: 'Another Organisation' },
  reason: 'Moved.',
  summary: 'Home again.',
  facts,
  categories: ['identity', 'situation', 'service_plan'],
  answerBy: '2026-03-31',
  senderUntil: null,
};
const inHouse = { recipient: { kind: 'case_manager', subject: 'mr-cm' } as const, categories: [] };
const offered = (more: Partial<TransferTerms> = {}) =>
  CaseTransfer.propose(kase, { ...terms, ...more }, more.recipient ? null : 'consent-1', stamp);
const codeOf = (step: () => void): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof RuleBroken) return error.code;
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
    throw error;
  }
  return 'accepted';
};
const passed = (id: string, categories: string[], at: string) =>
  new InformationPassed(
    id,
    'case-1',
    'case_transfer',
    'organisation',
    'other-org',
    'case_transfer',
    categories,
    'consent-1',
    at,
  );

describe('a case that is handed over', () => {
  it('CASE-12, CONS-5: with the offer leave summary and facts, with the acceptance who it is', () => {
    const transfer = offered();
    expect(transfer.pullEvents()).toEqual([
      new CaseTransferProposed(transfer.id, 'case-1', 'organisation', 'other-org', '2026-03-31', stamp.at),
      passed(transfer.id, ['situation', 'service_plan'], stamp.at),
    ]);
    transfer.acceptOutside('request-1', answer);
    expect(transfer.pullEvents()).toEqual([
      new CaseTransferAccepted(transfer.id, 'case-1', 'organisation', 'other-org', null, answer.at),
      passed(transfer.id, ['identity', 'situation', 'service_plan'], answer.at),
    ]);
    expect(transfer.senderDone).toBe(true);
  });

  it('CASE-12: the sender stays until the day offered', () => {
    const transfer = offered({ senderUntil: '2026-03-15' });
    transfer.pullEvents();
    transfer.acceptOutside('request-1', answer);
    expect(transfer.pullEvents()[0]).toMatchObject({ untilOn: '2026-03-15' });
    expect([transfer.senderDone, transfer.senderStays('2026-03-15'), transfer.senderStays('2026-03-16')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('CASE-12: within the house nothing leaves', () => {
    const transfer = offered(inHouse);
    transfer.acceptInHouse(answer);
    expect(transfer.pullEvents()).toEqual([
      new CaseTransferProposed(transfer.id, 'case-1', 'case_manager', 'mr-cm', '2026-03-31', stamp.at),
      new CaseTransferAccepted(transfer.id, 'case-1', 'case_manager', 'mr-cm', null, answer.at),
    ]);
  });

  it('CASE-12: names every field that does not fit', () => {
    const past = { answerBy: '2026-03-01', senderUntil: '2026-03-01' };
    expect(codeOf(() => offered({ ...past, categories: ['identity'] }))).toBe(
      '#/categories category-needed, #/answerBy day-in-past, #/senderUntil day-in-past',
    );
    expect(codeOf(() => offered({ ...inHouse, categories: ['identity'] }))).toBe(
      '#/categories categories-not-expected',
    );
    expect(codeOf(() => offered({ ...inHouse, recipient: { kind: 'case_manager', subject: 'miss-cm' } }))).toBe(
      'transfer-to-responsible',
    );
  });

  it('CASE-12: is answered once, in time, and not after it was withdrawn', () => {
    const late = { ...answer, at: '2026-04-01T00:00:00.000Z' };
    expect(codeOf(() => offered().acceptOutside('request-1', late))).toBe('transfer-time-over');
    const declined = offered();
    declined.pullEvents();
    declined.decline('No room.', answer);
    expect(declined.pullEvents()).toEqual([new CaseTransferDeclined(declined.id, 'case-1', 'other-org', answer.at)]);
    const withdrawn = offered(inHouse);
    withdrawn.pullEvents();
    withdrawn.withdraw('sender', 'Stays here.', stamp);
    expect(withdrawn.pullEvents()).toEqual([new CaseTransferWithdrawn(withdrawn.id, 'case-1', 'sender', stamp.at)]);
    for (const step of [
      () => declined.acceptOutside('request-1', answer),
      () => withdrawn.acceptInHouse(answer),
      () => withdrawn.decline('x', answer),
      () => declined.withdraw('sender', 'x', stamp),
    ])
      expect(codeOf(step)).toBe('transfer-not-proposed');
  });
});
