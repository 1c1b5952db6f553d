import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { InformationPassed } from '../../../consent/events';
import { JointSteeringAgreed, JointSteeringDeclined, JointSteeringEnded, JointSteeringProposed } from '../../events';
import { JointSteering } from './joint-steering.entity';
import type { SteeringTerms } from './joint-steering.values';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const guest = { by: 'stranger', at: '2026-03-03T09:00:00.000Z' };
const terms: SteeringTerms = {
  guest: { id: 'other-org', name: 'Another Organisation' },
  parts: ['plan', 'notes'],
  contributions: ['notes'],
  purpose: 'Care at home and work have to fit together.',
  fromOn: '2026-03-02',
  untilOn: '2026-06-30',
};
const invited = (more: Partial<SteeringTerms> = {}) =>
  JointSteering.invite('case-1', 'own-org', { ...terms, ...more }, 'consent-1', stamp);
const agreed = (more: Partial<SteeringTerms> = {}) => {
  const steering = invited(more);
  steering.accept(['stranger'], guest);
  steering.pullEvents();
  return steering;
};
const withdrawal = { aggregateId: 'consent-1', whole: false, recipientIds: [], categories: [] };
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
const ended = (steering: JointSteering, cause: string, at: string) =>
  new JointSteeringEnded(steering.id, 'case-1', 'other-org', cause, [], at);

describe('joint steering with another organisation', () => {
  it('CASE-11: is proposed for named parts and a time', () => {
    const steering = invited();
    expect(steering.pullEvents()).toEqual([
      new JointSteeringProposed(steering.id, 'case-1', 'other-org', ['plan', 'notes'], '2026-06-30', stamp.at),
    ]);
  });

  it('CASE-11: names every field that does not fit', () => {
    expect(
      codeOf(() => invited({ fromOn: '2026-03-01', untilOn: '2026-02-28', contributions: ['notes', 'conference'] })),
    ).toBe('#/fromOn day-in-past, #/untilOn ends-before-start, #/contributions/1 part-not-opened');
  });

  it('CASE-11, CONS-5: the register learns that the parts are open when the guest accepts', () => {
    const steering = invited();
    steering.pullEvents();
    steering.accept(['stranger'], guest);
    expect(steering.pullEvents()).toEqual([
      new JointSteeringAgreed(
        steering.id,
        'case-1',
        'other-org',
        ['plan', 'notes'],
        ['stranger'],
        '2026-06-30',
        guest.at,
      ),
      new InformationPassed(
        steering.id,
        'case-1',
        'joint_steering',
        'organisation',
        'other-org',
        'joint_steering',
        ['service_plan', 'journal'],
        'consent-1',
        guest.at,
      ),
    ]);
    expect(codeOf(() => steering.accept(['stranger'], guest))).toBe('steering-not-proposed');
    expect(codeOf(() => steering.decline('No.', guest))).toBe('steering-not-proposed');
  });

  it('CASE-11: an invitation can be declined, and is not accepted after its last day', () => {
    const steering = invited();
    steering.pullEvents();
    expect(codeOf(() => steering.accept(['stranger'], { ...guest, at: '2026-07-01T00:00:00.000Z' }))).toBe(
      'steering-time-over',
    );
    steering.decline('Not ours.', guest);
    expect(steering.pullEvents()).toEqual([new JointSteeringDeclined(steering.id, 'case-1', 'other-org', guest.at)]);
    expect(codeOf(() => steering.recall('own-org', 'x', stamp))).toBe('steering-ended');
  });

  it('CASE-11: either side ends it, once', () => {
    const recalled = agreed();
    recalled.recall('own-org', 'Moved.', stamp);
    expect(recalled.pullEvents()).toEqual([ended(recalled, 'recalled', stamp.at)]);
    expect(codeOf(() => recalled.leave('x', guest))).toBe('steering-not-agreed');
    expect(codeOf(() => recalled.nameReaders(['x']))).toBe('steering-not-agreed');
    const left = agreed();
    left.leave('Done.', guest);
    expect(left.pullEvents()).toEqual([ended(left, 'left', guest.at)]);
    expect(codeOf(() => left.recall('own-org', 'x', stamp))).toBe('steering-ended');
    expect(left.expire('time_over', 'own-org', stamp)).toBe(false);
  });

  it('CONS-2: a withdrawal closes the parts it names, and ends it when none is left', () => {
    expect(agreed().withdraw({ ...withdrawal, aggregateId: 'consent-2' }, 'own-org', stamp)).toBe(false);
    expect(agreed().withdraw({ ...withdrawal, recipientIds: ['somebody'] }, 'own-org', stamp)).toBe(false);
    expect(agreed().withdraw({ ...withdrawal, categories: ['health'] }, 'own-org', stamp)).toBe(false);
    const partly = agreed();
    expect(partly.withdraw({ ...withdrawal, categories: ['journal'] }, 'own-org', stamp)).toBe(true);
    expect(partly).toMatchObject({ status: 'agreed', parts: ['plan'], contributions: [] });
    expect(partly.pullEvents()).toEqual([
      new JointSteeringEnded(partly.id, 'case-1', 'other-org', 'consent_withdrawn', ['plan'], stamp.at),
    ]);
    expect(partly.withdraw({ ...withdrawal, whole: true }, 'own-org', stamp)).toBe(true);
    expect(partly.status).toBe('ended');
    expect(partly.pullEvents()).toEqual([ended(partly, 'consent_withdrawn', stamp.at)]);
  });
});
