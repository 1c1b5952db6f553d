import { today } from '../days.mts';
import { type Schemas, asItIs, at, done, once, refused, until } from '../people.mts';
import { chapter, result, say, table } from '../tell.mts';
import { type Ending, type Verdict, recordEvaluation } from './evaluation.mts';
import type { Cases, HelpCase } from './intake.mts';
import { journal } from './journal.mts';
import type { Referrals } from './linking.mts';
import { openReview } from './monitoring.mts';
import type { Plan, Plans } from './planning.mts';
import { type Referral, completed } from './referral.mts';

const rated = (goalsReached: number, satisfaction: number, comment: string): Verdict => ({
  goalsReached,
  satisfaction,
  comment,
  helpEffective: true,
  stillNeeded: false,
});

/** Phase 6: the closing tables, what was reached, and the end. */
export async function ending(cases: Cases, plans: Plans, referrals: Referrals): Promise<void> {
  const { clinic, mill, frame, programme, group, debts, living } = referrals;
  chapter('Phase 6 · After six months: the closing table of Mr X');
  say(
    'Mr X has not quite regained his ability to work. But he walks by himself, and needs no care any more. From his home office he answers a company’s service hotline for several hours a day. Since the stroke he has not drunk.',
  );
  await completed(clinic, 'Walks with the frame.');
  await completed(frame, 'In use every day.');
  await providerRates(mill, plans.mrX, 'independence', 1);
  await close(cases.mrX, plans.mrX, {
    levels: {
      independence: [1, 'Walks by himself; no care needed.'],
      healthCare: [0, 'All three are in place.'],
      sonOfHis: [0, 'They meet every week, in the garden.'],
    },
    helpers: [
      [clinic, rated(3, 4, 'He never missed a morning.')],
      [mill, rated(4, 4, 'The daughter is the better therapist.')],
      [frame, rated(4, 3, 'Fitted once, never complained.')],
    ],
    client: rated(3, 4, 'Nobody decided anything over my head.'),
    caseManager: rated(3, 4, 'The neighbours carried more than any service.'),
    described: {
      whatChanged: 'Walks, works some hours from home, dry, sees his son every week.',
      aftercare: 'Check-up at the clinic in six months',
      handoverToRegular: 'Physiotherapy by prescription; neighbours go on as neighbours',
      lessonsForNetwork: 'Paid neighbourhood help works where nursing services have no place; ask early.',
      appointmentOn: today,
    },
    scene:
      'All of Family X sits at the kitchen table. It is the closing conference and the final review in one, and there is cake.',
    note: 'Walks and lives without care; works from home. The neighbours stay friends.',
  });

  chapter('Phase 6 · After a full year: the closing table of Miss X');
  say(
    'Miss X has stayed in her job. She needs no medication any more, and her circle of friends is wider. The son does not plan to return home yet; he feels safe where he is. The daughter has come through the crisis well. The family is able to pay back the debts.',
  );
  await close(cases.missX, plans.missX, {
    levels: {
      job: [1, 'A permanent contract; a year in the job.'],
      optimism: [2, 'No medication, a wider circle of friends.'],
      children: [0, 'The son is safe and in school, the daughter well.'],
      debts: [0, 'Every rate was paid.'],
    },
    helpers: [
      [programme, rated(4, 4, 'She now trains the new ones.')],
      [debts, rated(3, 4, 'Twelve rates in twelve months.')],
      [living, { ...rated(3, 3, 'He wants to stay; the place is secured.'), stillNeeded: true }],
    ],
    silent: [group, 'A self-help group does not rate people, it says.'],
    client: rated(4, 4, 'He told me not to give up before he knew me.'),
    caseManager: rated(4, 4, 'The turning point was being fetched on a Thursday.'),
    described: {
      whatChanged: 'Permanent job, no medication, friends; son safe; debts being repaid.',
      aftercare: 'She may call whenever a letter frightens her',
      handoverToRegular: 'Debt advice and youth office go on as regular services',
      lessonsForNetwork: 'Programmes that start at six exclude mothers; the one from eight works.',
      appointmentOn: today,
    },
    scene: 'The same kitchen, a year after it all began. The son has come for the afternoon; the daughter has baked.',
    note: 'All goals reached; debts being repaid. The son stays in the living community as long as he wants.',
  });
}

/** PLAN-7: a provider rates from its own side, and only goals that its measures serve. */
async function providerRates({ place, of }: Referral, plan: Plan, goal: string, level: number): Promise<void> {
  const params = { path: { id: plan.id }, header: { ...once(), ...asItIs } };
  const rating = (name: string) => ({ goalId: plan.goals[name]!, level, on: today, ratedBy: 'provider' }) as const;
  const who = place.staff ?? of.cm;
  if (place.staff)
    await refused(
      'The physiotherapist has an opinion on father and son as well, and would rate that goal.',
      who.POST('/v1/service-plans/{id}/goal-ratings', { params, body: rating('sonOfHis') }),
      { status: 404, code: 'not-found' },
    );
  await done(
    who.POST('/v1/service-plans/{id}/goal-ratings', {
      params: { ...params, header: { ...once(), ...asItIs } },
      body: rating(goal),
    }),
  );
}

async function close(of: HelpCase, plan: Plan, end: Ending): Promise<void> {
  const { id, cm, client } = of;
  await attain(of, plan, end);
  const closure = { reason: 'goals_achieved', note: end.note } as const;
  const finish = () => cm.POST('/v1/cases/{id}/closure', { params: { path: { id }, header: asItIs }, body: closure });
  const evaluate = () =>
    cm.POST('/v1/cases/{id}/phase-changes', {
      params: { path: { id }, header: asItIs },
      body: { to: 'evaluation', reason: 'The closing table was held.' },
    });
  if (client.name === 'Mr X') {
    await refused('All is well, thinks Miss CM, and goes on to the evaluation.', evaluate(), {
      status: 409,
      code: 'phase-entry-refused',
      unmet: ['final-review-missing'],
    });
    await refused('Or should she simply close the case?', finish(), { status: 409, code: 'evaluation-missing' });
  }
  await closingTable(of, end);
  await done(evaluate());
  await recordEvaluation(of, plan, end);
  await until(
    'the evaluation to reach the case',
    () => done(cm.GET('/v1/cases/{id}', { params: { path: { id } } })),
    ({ milestones }) => milestones.evaluationRecorded !== undefined,
  );
  await done(finish());
  result(`The case of ${client.name} is closed, goals achieved: “${end.note}”`);
}

/** PLAN-7: every goal on its scale; client and case manager agree on the level. */
async function attain({ cm, client }: HelpCase, plan: Plan, { levels }: Ending): Promise<void> {
  const path = { id: plan.id };
  for (const [goal, [level, note]] of Object.entries(levels)) {
    const params = { path, header: { ...once(), ...asItIs } };
    await done(
      client.POST('/v1/service-plans/{id}/goal-ratings', {
        params,
        body: { goalId: plan.goals[goal]!, level, on: today, ratedBy: 'client', note },
      }),
    );
  }
  const { goals, tScore } = await done(cm.GET('/v1/service-plans/{id}/goal-attainment', { params: { path } }));
  table(
    ['Goal', 'Weight', 'Level'],
    goals.map(({ statement, weight, level }) => [
      statement,
      String(weight),
      level === null ? '–' : level > 0 ? `+${level}` : String(level).replace('-', '−'),
    ]),
  );
  say(`Goal attainment, T-score: ${tScore}. Fifty would mean: everything came exactly as expected.`);
}

/** The closing conference with the family, and the final review. */
async function closingTable(of: HelpCase, { described, scene }: Ending): Promise<void> {
  const { id: caseId, cm, client } = of;
  const meeting: Schemas['PlanConferenceDto'] = {
    kind: 'closing',
    plannedOn: today,
    place: 'Kitchen of Family X',
    agenda: ['What changed', 'What stays to be done', 'Good-bye'],
  };
  const { id } = await done(
    cm.POST('/v1/cases/{caseId}/conferences', { params: { path: { caseId }, header: once() }, body: meeting }),
  );
  const minutes = {
    heldOn: today,
    participants: ['Mr X', 'Miss X', 'Son', 'Daughter', cm.name],
    minutes: described.whatChanged!,
    decisions: [],
  };
  await done(cm.POST('/v1/conferences/{id}/minutes', { params: { path: { id }, header: asItIs }, body: minutes }));
  const review = await openReview(of);
  const held: Schemas['HoldReviewDto'] = {
    heldOn: today,
    participants: [client.name, cm.name],
    findings: described.whatChanged!,
    decision: 'evaluate',
    final: true,
  };
  await done(
    cm.POST('/v1/reviews/{id}/holding', { params: { path: { id: review.id }, header: at(review) }, body: held }),
  );
  await journal(of, {
    kind: 'home_visit',
    function: 'coordination',
    minutes: 90,
    on: today,
    participants: minutes.participants,
    text: 'Closing table in the kitchen of Family X.',
    sharedWithClient: true,
  });
  await until(
    'the final review to reach the case',
    () => done(cm.GET('/v1/cases/{id}', { params: { path: { id: caseId } } })),
    ({ milestones }) => milestones.finalReviewHeld !== undefined,
  );
  say(scene);
}
