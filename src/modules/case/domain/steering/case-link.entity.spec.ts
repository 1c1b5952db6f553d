import { RuleBroken } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import { CasesLinked } from '../../events';
import { CaseLink } from './case-link.entity';
import type { PartOpening } from './case-link.values';

const stamp = { by: 'miss-cm', at: '2026-02-01T09:00:00.000Z' };
const proposed = () => CaseLink.propose('mr-x', 'miss-x', 'family', 'One household.', ['plan', 'conference'], stamp);
const agreed = () => {
  const link = proposed();
  link.accept('miss-x', ['goals'], { ...stamp, by: 'mr-cm' });
  link.pullEvents();
  return link;
};
const opening = { caseId: 'mr-x', part: 'plan' as const, recipient: 'mr-cm', consentId: 'consent-1' };
const opened = () => {
  const link = agreed();
  link.open(opening, stamp);
  link.open({ ...opening, part: 'conference' }, stamp);
  return link;
};
const openParts = (link: CaseLink) =>
  (link as unknown as { openings: PartOpening[] }).openings.filter((o) => o.closedAt === null).map((o) => o.part);
const codeOf = (step: () => void): string => {
  try {
    step();
  } catch (error) {
    if (error instanceof RuleBroken) return error.code;
    throw error;
  }
  return 'accepted';
};
const withdrawal = { aggregateId: 'consent-1', whole: false, recipientIds: [], categories: [], at: stamp.at };

describe('a link between two cases', () => {
  it('CASE-11: holds once the other side has agreed', () => {
    const link = proposed();
    expect(link.pullEvents()).toEqual([]);
    expect(codeOf(() => link.accept('mr-x', [], stamp))).toBe('link-not-proposed');
    link.accept('miss-x', ['plan'], stamp);
    expect(link.pullEvents()).toEqual([new CasesLinked(link.id, 'mr-x', 'miss-x', stamp.at)]);
    expect(codeOf(() => link.accept('miss-x', ['plan'], stamp))).toBe('link-not-proposed');
    expect(link.otherSideOf('miss-x')).toBe('mr-x');
    expect(() => link.otherSideOf('somebody-else')).toThrow('case link not found');
  });

  it('CASE-11: a case is not linked with itself', () => {
    expect(codeOf(() => CaseLink.propose('mr-x', 'mr-x', 'family', 'x', [], stamp))).toBe('link-to-itself');
  });

  it('CASE-11, CONS-5: a side opens only what it shares, and the register learns of every opening', () => {
    expect(codeOf(() => proposed().open(opening, stamp))).toBe('link-not-agreed');
    expect(codeOf(() => agreed().open({ ...opening, part: 'goals' }, stamp))).toBe('part-not-shared');
    const link = agreed();
    link.open(opening, stamp);
    expect(link.pullEvents()).toEqual([
      new InformationPassed(
        link.id,
        'mr-x',
        'linked_case',
        'person',
        'mr-cm',
        'joint_steering',
        ['service_plan'],
        'consent-1',
        stamp.at,
      ),
    ]);
    expect(codeOf(() => link.open(opening, stamp))).toBe('part-already-open');
  });

  it('CASE-11: after a handover the part is opened to the new case manager instead', () => {
    const link = agreed();
    link.open(opening, stamp);
    link.open({ ...opening, recipient: 'new-cm' }, stamp);
    expect(openParts(link)).toEqual(['plan']);
  });

  it('CONS-2: a withdrawal closes what relied on it: all, or what it names', () => {
    expect(opened().withdraw({ ...withdrawal, aggregateId: 'consent-2' })).toBe(false);
    expect(opened().withdraw({ ...withdrawal, recipientIds: ['somebody-else'] })).toBe(false);
    const partly = opened();
    expect(partly.withdraw({ ...withdrawal, categories: ['conference_minutes'] })).toBe(true);
    expect(openParts(partly)).toEqual(['plan']);
    const wholly = opened();
    wholly.withdraw({ ...withdrawal, whole: true });
    expect(openParts(wholly)).toEqual([]);
  });

  it('CONS-2: when a client takes part no more, nothing of that side stays open', () => {
    const link = opened();
    link.open({ ...opening, caseId: 'miss-x', part: 'goals', recipient: 'miss-cm' }, stamp);
    expect(link.closeSide('mr-x', stamp.at)).toBe(true);
    expect(openParts(link)).toEqual(['goals']);
    expect(link.closeSide('mr-x', stamp.at)).toBe(false);
  });

  it('CASE-11: what a side no longer shares is closed at once, and everything when the link ends', () => {
    const link = opened();
    link.share('mr-x', ['plan'], stamp);
    expect(openParts(link)).toEqual(['plan']);
    link.end('miss-x', 'Separated.', stamp);
    expect(openParts(link)).toEqual([]);
    expect(codeOf(() => link.share('mr-x', [], stamp))).toBe('link-ended');
    expect(codeOf(() => link.end('mr-x', 'x', stamp))).toBe('link-ended');
  });
});
