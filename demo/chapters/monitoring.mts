import { inMonths, today } from '../days.mts';
import { type Schemas, asItIs, done, once, refused, until } from '../people.mts';
import { chapter, result, say } from '../tell.mts';
import type { Cases, HelpCase } from './intake.mts';
import { journal } from './journal.mts';
import type { Referrals } from './linking.mts';
import type { Plan, Plans } from './planning.mts';
import { completed } from './referral.mts';

type Seen = Schemas['RecordMonitoringDto'];

/** Phase 5, second half: does it help, and what follows from what is seen? The server’s clock is today’s throughout. */
export async function monitoring({ mrX, missX }: Cases, plans: Plans, referrals: Referrals): Promise<void> {
  chapter('Phase 5 · Monitoring: does it help?');
  say(
    'The months that pass now in the story pass quickly here: the server goes by its own clock, so what is recorded carries today’s date.',
  );
  const look = ({ cm }: HelpCase, plan: Plan, seen: Omit<Seen, 'on'>) =>
    cm.POST('/v1/service-plans/{planId}/monitoring', {
      params: { path: { planId: plan.id }, header: once() },
      body: { ...seen, on: today },
    });

  await done(
    look(mrX, plans.mrX, {
      measureId: plans.mrX.measures.neighbours,
      source: 'direct_contact',
      deliveredAsAgreed: true,
      effect: 'as_expected',
      acceptedByClient: true,
      cooperationWorking: true,
    }),
  );
  result(
    'After the discharge Miss CM checks regularly how Mr X heals. He is doing well. The neighbours still like to help, and are satisfied with the compensation.',
  );

  const missed = {
    measureId: plans.mrX.measures.letters,
    source: 'client_contact',
    deliveredAsAgreed: false,
    effect: 'none',
  } as const;
  await refused(
    'The Sunday messages to his son stay unanswered, and Mr X has stopped. Miss CM notes the deviation, and nothing else.',
    look(mrX, plans.mrX, missed),
    { status: 422, code: 'validation-error', fields: ['deviation-undescribed', 'decision-missing', 'reason-missing'] },
  );
  await done(
    look(mrX, plans.mrX, {
      ...missed,
      deviation: 'Three messages without an answer; he stopped writing.',
      decision: 'adjust',
      reason: 'Plan B: the grandfather comes along, and they repair the garden shed together.',
    }),
  );
  result(
    'The record now says what follows: plan B. The grandfather comes along, and the three of them repair the garden shed.',
  );
  await journal(mrX, {
    kind: 'contact_phone',
    function: 'support',
    minutes: 20,
    on: today,
    participants: ['Mr X'],
    text: 'Plan B for father and son: the garden shed.',
    sharedWithClient: true,
  });

  await done(
    look(missX, plans.missX, {
      measureId: plans.missX.measures.programme,
      source: 'report',
      deliveredAsAgreed: true,
      effect: 'better',
      acceptedByClient: true,
      cooperationWorking: true,
    }),
  );
  await done(
    look(missX, plans.missX, {
      measureId: plans.missX.measures.living,
      source: 'direct_contact',
      deliveredAsAgreed: true,
      effect: 'as_expected',
      acceptedByClient: true,
      cooperationWorking: true,
    }),
  );
  await completed(referrals.programme, 'Found a job in a garden centre.');
  await journal(missX, {
    kind: 'contact_in_person',
    function: 'counselling',
    minutes: 50,
    on: today,
    participants: ['Miss X'],
    text: 'She starts on Monday, in a garden centre. She laughed.',
    sharedWithClient: true,
  });
  await journal(missX, {
    kind: 'documentation',
    function: 'coordination',
    minutes: 15,
    on: today,
    text: 'Own note: watch that the daughter does not take over the household.',
  });
  result(
    'Thanks to good medication and regained optimism Miss X finds a job. The son lives in the assisted living community and goes to school again.',
  );

  await review(mrX, plans.mrX, 'He walks with the frame; care once a day. He says: the garden is next.');
  await review(missX, plans.missX, 'In the job since eight weeks; rates are paid. She says: I sleep.');
}

/** The review agreed with the plan is held; the next one is set, and the reminder goes with it. */
async function review({ id: caseId, cm, client }: HelpCase, plan: Plan, findings: string): Promise<void> {
  const planned = await openReview({ id: caseId, cm });
  const body: Schemas['HoldReviewDto'] = {
    heldOn: today,
    participants: [client.name, cm.name],
    findings,
    decision: 'continue',
    final: false,
    nextDueOn: inMonths(6),
  };
  await done(cm.POST('/v1/reviews/{id}/holding', { params: { path: { id: planned.id }, header: asItIs }, body }));
  await until(
    'the reminder of the review to close itself',
    () => done(cm.GET('/v1/cases/{caseId}/follow-ups', { params: { path: { caseId }, query: { limit: 100 } } })),
    ({ data }) => data.some((entry) => entry.reference === planned.id && entry.status === 'closed'),
  );
  const { weeks, state } = await done(
    cm.GET('/v1/service-plans/{planId}/progress-watch', { params: { path: { planId: plan.id } } }),
  );
  if (state !== 'watching') throw new Error(`Progress should be watched, but is ${state}`);
  result(
    `Review with ${client.name}: go on. The next one is due on ${body.nextDueOn}; without progress for ${weeks} weeks it would come earlier by itself.`,
  );
}

/** The one review of the case that is still to be held; the plan's agreement sets the first by event. */
export async function openReview({ id: caseId, cm }: Pick<HelpCase, 'id' | 'cm'>) {
  const list = () => done(cm.GET('/v1/cases/{caseId}/reviews', { params: { path: { caseId } } }));
  const { data } = await until('a planned review', list, (seen) =>
    seen.data.some(({ status }) => status === 'planned'),
  );
  return data.find(({ status }) => status === 'planned')!;
}
