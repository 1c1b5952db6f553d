import { today } from '../days.mts';
import { type Schemas, asItIs, at, done, once, refused, until } from '../people.mts';
import { chapter, result, say, table } from '../tell.mts';
import { conference } from './conference.mts';
import { draftOfMissX, sonsHome } from './draft-miss-x.mts';
import { draftOfMrX, neighboursCare } from './draft-mr-x.mts';
import type { Draft, DraftMeasure } from './draft.mts';
import type { Family } from './family.mts';
import type { Needs } from './findings.mts';
import type { Directory } from './house.mts';
import type { Cases, HelpCase } from './intake.mts';
import { journal } from './journal.mts';

/** A service plan with the ids of its goals and measures by their short names. */
export type Plan = { id: string; goals: Record<string, string>; measures: Record<string, string> };
export type Plans = { mrX: Plan; missX: Plan };

/** Phases 3 and 4: goals, the joint conference, measures, and the signatures of those whose lives it is. */
export async function planning(
  cases: Cases,
  needs: { mrX: Needs; missX: Needs },
  family: Family,
  places: Directory,
): Promise<Plans> {
  chapter('Phase 3 · What shall be different?');
  const mrX = await draft(cases.mrX, draftOfMrX(needs.mrX, places));
  const missX = await draft(cases.missX, draftOfMissX(needs.missX, places));
  say(
    'Mr X wants to be independent, to have his care secured, and to have his son back. Miss X wants a job that lasts, her children cared for, no debts, and to look ahead again. Each wish becomes a goal on three levels, with a date, a sign by which both will see it, and five levels from −2 to +2.',
  );
  table(
    ['Whose', 'Goal', 'By', 'Weight'],
    [...outcomesOf('Mr X', draftOfMrX(needs.mrX, places)), ...outcomesOf('Miss X', draftOfMissX(needs.missX, places))],
  );

  chapter('Phase 4 · Planning together');
  const decided = await conference(cases, places);
  await takeOver(cases.mrX, mrX, decided.id, decided.neighbours, neighboursCare(family));
  await takeOver(cases.missX, missX, decided.id, decided.livingCommunity, sonsHome(places));
  result('Both decisions are measures of the service plans now; the minutes say which.');
  await agree(cases.mrX, mrX, []);
  await agree(cases.missX, missX, [{ kind: 'organisation', id: places.youthOffice.providerId }]);
  return { mrX, missX };
}

const outcomesOf = (whose: string, { goals }: Draft): string[][] =>
  goals
    .filter(({ body }) => body.level === 'outcome')
    .map(({ body }) => [whose, body.statement, body.targetDate!, String(body.weight)]);

/** Each part is added to the draft as it was last seen. */
async function draft({ id: caseId, cm }: HelpCase, { goals, measures }: Draft): Promise<Plan> {
  const frame = { planningMode: 'static', horizon: 'long' } as const;
  const opened = await done(
    cm.POST('/v1/cases/{caseId}/service-plans', { params: { path: { caseId }, header: once() }, body: frame }),
  );
  const plan: Plan = { id: opened.id, goals: {}, measures: {} };
  const path = { id: plan.id };
  let seen: { version: number } = opened;
  for (const { name, under, body } of goals) {
    const parentGoalId = under ? plan.goals[under] : null;
    const added = await done(
      cm.POST('/v1/service-plans/{id}/goals', {
        params: { path, header: { ...once(), ...at(seen) } },
        body: { ...body, parentGoalId },
      }),
    );
    plan.goals[name] = added.goalId;
    seen = added;
  }
  for (const measure of measures) await addMeasure({ cm }, plan, measure);
  return plan;
}

async function addMeasure(
  { cm }: Pick<HelpCase, 'cm'>,
  plan: Plan,
  { name, serves, body }: DraftMeasure,
): Promise<string> {
  const goalIds = serves.map((goal) => plan.goals[goal]!);
  const params = { path: { id: plan.id }, header: { ...once(), ...asItIs } };
  const added = await done(cm.POST('/v1/service-plans/{id}/measures', { params, body: { ...body, goalIds } }));
  return (plan.measures[name] = added.measureId);
}

/** PLAN-4: a decision of the conference becomes a measure. */
async function takeOver(
  of: HelpCase,
  plan: Plan,
  conferenceId: string,
  decisionId: string,
  measure: DraftMeasure,
): Promise<void> {
  const body = { planId: plan.id, measureId: await addMeasure(of, plan, measure) };
  const params = { path: { id: conferenceId, decisionId }, header: asItIs };
  await done(of.cm.POST('/v1/conferences/{id}/decisions/{decisionId}/takeover', { params, body }));
}

/** PLAN-3: both sign what they have read; then the edition is frozen. */
async function agree(of: HelpCase, plan: Plan, knownTo: Schemas['InformedPartyDto'][]): Promise<void> {
  const { id: caseId, cm, client } = of;
  const path = { id: plan.id };
  const terms = { contactEveryWeeks: 2, copyHandedOver: { on: today, language: 'de' }, knownTo };
  const finish = () => cm.POST('/v1/service-plans/{id}/agreement', { params: { path, header: asItIs }, body: terms });
  const drafted = await done(cm.GET('/v1/service-plans/{id}', { params: { path } }));
  await done(
    cm.POST('/v1/service-plans/{id}/signatures', {
      params: { path, header: at(drafted) },
      body: { party: 'case_manager', form: 'electronic', name: cm.name, signedOn: today },
    }),
  );
  if (client.name === 'Mr X')
    await refused('Miss CM has signed and calls the plan agreed.', finish(), {
      status: 409,
      code: 'plan-not-ready',
      unmet: ['client-signature-missing'],
    });
  const read = await done(client.GET('/v1/service-plans/{id}', { params: { path } }));
  const sign = (party: 'client' | 'case_manager') =>
    client.POST('/v1/service-plans/{id}/signatures', {
      params: { path, header: at(read) },
      body: { party, form: 'electronic', name: client.name, signedOn: today },
    });
  if (client.name === 'Miss X')
    await refused('Miss X ticks the wrong box and would sign as her own case manager.', sign('case_manager'), {
      status: 403,
      code: 'sign-own-side-only',
    });
  await done(sign('client'));
  await done(finish());
  await until(
    'the case moves on to linking',
    () => done(cm.GET('/v1/cases/{id}', { params: { path: { id: caseId } } })),
    ({ phase }) => phase === 'linking',
  );
  await journal(of, {
    kind: 'counselling',
    function: 'counselling',
    minutes: 60,
    on: today,
    participants: [client.name],
    text: 'Went through the plan, page by page, and handed over the copy.',
    sharedWithClient: true,
  });
  const own = read.measures.filter(
    ({ responsible }) => responsible?.kind === 'client' || responsible?.kind === 'informal_helper',
  );
  result(
    `${client.name} reads the plan in the own account and signs it: ${read.goals.length} goals, ${read.measures.length} measures, ${own.length} of them by ${client.name} or the people around. Linking can begin.`,
  );
}
