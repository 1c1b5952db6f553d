import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { ReferralMoved } from '../../events';
import {
  REFERRAL_COURSE,
  REFERRAL_STATES,
  type ReferralState,
  type ReferralStep,
  allowedSteps,
} from './referral-course';
import { Referral } from './referral.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T10:00:00.000Z' };
const lead = { by: 'team-lead', at: '2026-03-03T10:00:00.000Z' };
const service = { status: 'active', freePlaces: 3 };
const target = { caseId: 'case', planId: 'plan', measureId: 'measure', serviceId: 'service', providerId: 'provider' };
const content = {
  purposeText: 'Physiotherapy at home',
  categories: ['identity', 'health'],
  informationPackage: 'Walks with a frame',
  clientInformedOn: '2026-03-01',
};
const plain = { despiteFull: null, forWaitingList: false };
const agreement = {
  scope: 'Two visits a week',
  goals: ['Walks alone'],
  periodFrom: '2026-03-10',
  periodTo: '2026-06-10',
  priceCents: 48_000,
};

const carrier = { consentId: 'consent', until: '2026-06-30' };

const draft = (more: Partial<typeof content> | object = {}) =>
  Referral.draft(target, { ...content, ...more }, service, stamp);

const TAKE: Record<ReferralStep, (referral: Referral) => void> = {
  sending: (r) => r.send(carrier, service, plain, stamp),
  acceptance: (r) => r.accept({}, stamp),
  waitlisting: (r) => r.waitlist('2026-04-15', {}, stamp),
  declination: (r) => r.decline('no_capacity', {}, stamp),
  appointment: (r) => r.arrange({ at: '2026-03-09T09:00:00Z', place: 'At home', accompaniment: null }, stamp),
  start: (r) => r.start(null, stamp),
  'no-show': (r) => r.miss(null, stamp),
  completion: (r) => r.complete('achieved', null, stamp),
  discontinuation: (r) => r.discontinue('client_ended', null, stamp),
  cancellation: (r) => r.cancel('no_longer_needed', null, stamp),
  'carrier-loss': (r) => r.loseCarrier('consent_withdrawn', stamp),
};
const WAY: Record<ReferralState, ReferralStep[]> = {
  draft: [],
  sent: ['sending'],
  accepted: ['sending', 'acceptance'],
  waitlisted: ['sending', 'waitlisting'],
  declined: ['sending', 'declination'],
  appointment: ['sending', 'acceptance', 'appointment'],
  started: ['sending', 'acceptance', 'start'],
  completed: ['sending', 'acceptance', 'start', 'completion'],
  no_show: ['sending', 'acceptance', 'appointment', 'no-show'],
  discontinued: ['sending', 'acceptance', 'start', 'discontinuation'],
  cancelled: ['sending', 'cancellation'],
};
const at = (state: ReferralState): Referral => {
  const referral = draft();
  for (const step of WAY[state]) TAKE[step](referral);
  referral.pullEvents();
  return referral;
};
const refusal = (work: () => void): RuleBroken => {
  try {
    work();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('PLAN-5: the course of a referral', () => {
  /** Written down apart from the table: what a case manager expects. */
  const EXPECTED: Record<ReferralState, string[]> = {
    draft: ['sending', 'cancellation'],
    sent: ['acceptance', 'waitlisting', 'declination', 'cancellation'],
    accepted: ['declination', 'appointment', 'start', 'cancellation'],
    waitlisted: ['acceptance', 'waitlisting', 'declination', 'cancellation'],
    declined: [],
    appointment: ['appointment', 'start', 'no-show', 'cancellation'],
    started: ['completion', 'discontinuation'],
    completed: [],
    no_show: ['appointment', 'cancellation'],
    discontinued: [],
    cancelled: [],
  };
  const steps = (Object.keys(REFERRAL_COURSE) as ReferralStep[]).filter((step) => step !== 'carrier-loss');

  for (const state of REFERRAL_STATES)
    for (const step of steps)
      it(`PLAN-5: ${step} from ${state} is ${EXPECTED[state].includes(step) ? 'possible' : 'refused'}`, () => {
        const referral = at(state);
        if (EXPECTED[state].includes(step)) {
          TAKE[step](referral);
          expect(referral.state).toBe(REFERRAL_COURSE[step].to);
          expect(referral.pullEvents()).toMatchObject([
            { from: state, to: REFERRAL_COURSE[step].to, providerId: 'provider' },
          ]);
          expect(referral.history.at(-1)).toMatchObject({ from: state, at: stamp.at, by: 'miss-cm' });
        } else {
          const refused = refusal(() => TAKE[step](referral));
          expect(refused.code).toBe('referral-step-not-possible');
          expect(refused.facts).toEqual({ step, state, allowed: EXPECTED[state] });
          expect(referral.pullEvents()).toEqual([]);
        }
      });

  for (const state of REFERRAL_STATES)
    it(`CONS-2: a withdrawn consent ${REFERRAL_COURSE['carrier-loss'].from.includes(state) ? 'cancels' : 'does not move'} a referral that is ${state}`, () => {
      const referral = at(state);
      const open = ['sent', 'accepted', 'waitlisted', 'appointment', 'no_show', 'started'].includes(state);
      referral.loseCarrier('consent_withdrawn', stamp);
      expect(referral.state).toBe(open ? 'cancelled' : state);
      expect(referral.pullEvents()).toMatchObject(
        open ? [{ from: state, to: 'cancelled', reason: 'consent_withdrawn' }] : [],
      );
      expect(referral.isAddressedTo('provider')).toBe(state !== 'draft');
    });

  it('PLAN-5: every state but the draft is reached, and the steps of people never lead out of an end', () => {
    expect(new Set(Object.values(REFERRAL_COURSE).map(({ to }) => to)).size).toBe(REFERRAL_STATES.length - 1);
    for (const end of ['declined', 'completed', 'discontinued', 'cancelled'] as const)
      expect(allowedSteps(end)).toEqual([]);
  });
});

describe('PLAN-5: before a referral is sent', () => {
  it('PLAN-5: a draft is inside the organisation: no provider is addressed', () => {
    const referral = draft();
    expect(referral.pullEvents()).toMatchObject([{ from: 'none', to: 'draft', measureId: 'measure' }]);
    expect(referral.isAddressedTo('provider')).toBe(false);
  });

  it('PLAN-5: a service that is not offered is refused at once', () => {
    expect(refusal(() => Referral.draft(target, content, { status: 'inactive', freePlaces: null }, stamp)).code).toBe(
      'referral-service-unavailable',
    );
  });

  it('PLAN-5: everything that is missing is named together', () => {
    const referral = draft({ clientInformedOn: null, informationPackage: null });
    const refused = refusal(() => referral.send(carrier, { status: 'active', freePlaces: 0 }, plain, stamp));
    expect(refused.code).toBe('referral-not-ready');
    expect(refused.facts.unmet).toEqual([
      'referral-client-not-informed',
      'referral-service-full',
      'referral-information-missing',
    ]);
  });

  it('PLAN-5: a service that ended since the draft is named as unavailable', () => {
    expect(draft().missing({ status: 'defunct', freePlaces: 4 }, plain)).toEqual(['referral-service-unavailable']);
    expect(draft().missing(null, plain)).toEqual(['referral-service-unavailable']);
  });

  it('PLAN-5: a full service is asked with a reason or for its waiting list', () => {
    const full = { status: 'active', freePlaces: 0 };
    expect(draft().missing(full, { ...plain, despiteFull: 'Promised by phone' })).toEqual([]);
    expect(draft().missing(full, { ...plain, forWaitingList: true })).toEqual([]);
    expect(draft().missing({ status: 'active', freePlaces: null }, plain)).toEqual([]);
  });

  it('PLAN-5: a draft is completed step by step, and not changed any more once sent', () => {
    const referral = draft({ informationPackage: null });
    referral.amend({ informationPackage: 'Walks with a frame' }, stamp);
    expect(referral).toMatchObject({ purposeText: 'Physiotherapy at home', informationPackage: 'Walks with a frame' });
    TAKE.sending(referral);
    expect(refusal(() => referral.amend({ informationPackage: 'More' }, stamp)).code).toBe(
      'referral-step-not-possible',
    );
  });

  it('PLAN-5: the client cannot have been informed tomorrow', () => {
    expect(() => draft({ clientInformedOn: '2026-03-03' })).toThrow(InvalidInput);
  });
});

describe('PLAN-5: the answer of the provider and what follows', () => {
  it('PLAN-5: an answer received by phone is marked as recorded for the provider', () => {
    const referral = at('sent');
    referral.decline('no_capacity', { note: 'By phone', recordedFor: 'provider' }, stamp);
    expect(referral.history.at(-1)).toMatchObject({
      to: 'declined',
      reason: 'no_capacity',
      note: 'By phone',
      recordedFor: 'provider',
    });
    expect(referral.pullEvents()).toMatchObject([{ to: 'declined', reason: 'no_capacity' }]);
  });

  it('PLAN-5: events carry codes, never the words of a note', () => {
    const referral = at('started');
    referral.complete('partly_achieved', 'Mr X fell in the garden', stamp);
    const [event] = referral.pullEvents();
    expect(event).toBeInstanceOf(ReferralMoved);
    expect(JSON.stringify(event)).not.toContain('Mr X');
  });

  it('PLAN-5: a bought service starts only after a lead approved the cost', () => {
    const referral = at('accepted');
    referral.agreeService(agreement, stamp);
    expect(refusal(() => referral.start(null, stamp)).code).toBe('referral-purchase-not-approved');
    referral.approve(lead);
    referral.start(null, stamp);
    expect(referral.state).toBe('started');
  });

  it('PLAN-5: nobody approves the own purchase, nothing is approved twice, and a new agreement needs a new approval', () => {
    const referral = at('accepted');
    expect(refusal(() => referral.approve(lead)).code).toBe('referral-nothing-to-approve');
    referral.agreeService(agreement, stamp);
    expect(refusal(() => referral.approve(stamp)).code).toBe('referral-approval-own');
    referral.approve(lead);
    expect(refusal(() => referral.approve(lead)).code).toBe('referral-nothing-to-approve');
    referral.agreeService({ ...agreement, priceCents: 60_000 }, stamp);
    expect(refusal(() => referral.start(null, stamp)).code).toBe('referral-purchase-not-approved');
  });

  it('PLAN-5: help that costs nothing needs no approval; what has begun is agreed', () => {
    const referral = at('accepted');
    referral.agreeService({ ...agreement, priceCents: 0 }, stamp);
    referral.start(null, stamp);
    expect(refusal(() => referral.agreeService(agreement, stamp)).code).toBe('referral-agreement-fixed');
  });

  it('PLAN-5: the period of an agreement ends after it begins', () => {
    expect(() => at('accepted').agreeService({ ...agreement, periodTo: '2026-03-01' }, stamp)).toThrow(InvalidInput);
  });

  it('PLAN-5: whether help arrived is asked after sending, and not in the future', () => {
    expect(refusal(() => draft().followUp({ on: '2026-03-01', arrived: true, note: null }, stamp)).code).toBe(
      'referral-follow-up-too-early',
    );
    expect(() => at('started').followUp({ on: '2026-03-05', arrived: true, note: null }, stamp)).toThrow(InvalidInput);
    at('started').followUp({ on: '2026-03-02', arrived: true, note: null }, stamp);
  });
});

describe('CONS-2: which withdrawal concerns a referral', () => {
  const relies = (recipientIds: string[], categories: string[], consentId = 'consent') =>
    at('sent').reliesOn(consentId, { recipientIds, categories });

  it('CONS-2: the one of the consent relied on, for this recipient and one of the categories passed', () => {
    expect(relies([], [])).toBe(true);
    expect(relies(['provider'], ['health'])).toBe(true);
    expect(relies(['another'], [])).toBe(false);
    expect(relies([], ['housing'])).toBe(false);
    expect(relies([], [], 'another consent')).toBe(false);
  });
});

describe('CONS-7: how long the provider sees what was passed', () => {
  const ended = (referral: Referral) => (referral as unknown as { accessEndedAt: Date | null }).accessEndedAt !== null;

  for (const state of REFERRAL_STATES)
    it(`PLAN-5: ${['declined', 'cancelled'].includes(state) ? 'not any more when it is' : 'still while it is'} ${state}`, () =>
      expect(ended(at(state))).toBe(['declined', 'cancelled'].includes(state)));

  it('PLAN-5: a draft that is called off was never seen by anybody', () => {
    const referral = draft();
    referral.cancel('no_longer_needed', null, stamp);
    expect(ended(referral)).toBe(false);
  });

  it('CONS-7: to the last day of the release; then the provider can no longer answer', () => {
    const referral = at('sent');
    referral.requireCarried('2026-06-30');
    const refused = refusal(() => referral.requireCarried('2026-07-01'));
    expect(refused).toMatchObject({ code: 'referral-release-expired', facts: { accessUntil: '2026-06-30' } });
  });

  it('CONS-7: a release that lasts longer takes over, a shorter one does not', () => {
    const referral = at('sent');
    expect(referral.gainsFrom({ consentId: 'shorter', until: '2026-06-30' })).toBe(false);
    expect(referral.gainsFrom({ consentId: 'open', until: null })).toBe(true);
    referral.relyOn({ consentId: 'longer', until: '2026-12-31' });
    expect(referral.consentId).toBe('longer');
    referral.requireCarried('2026-07-01');
    referral.relyOn({ consentId: 'open', until: null });
    expect(referral.gainsFrom({ consentId: 'other', until: null })).toBe(false);
  });
});
