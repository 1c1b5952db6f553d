import { randomUUID } from 'node:crypto';
import type { ApiClient, Lotse } from './lotse';
import { exercise, framework, outcome, principle } from './plan-terms';
import { type OpenedCase, openCase, toPhase } from './story';

/** A case in service planning, with the need its assessment handed over. */
export type PlanningCase = OpenedCase & { needId: string };
/** A plan with one goal of each level and one measure. */
export type PlannedCase = PlanningCase & {
  planId: string;
  principleId: string;
  frameworkId: string;
  goalId: string;
  measureId: string;
};

type Opening = Parameters<typeof openCase>[1];
const later = (lotse: Lotse, months: number): string => {
  const day = new Date(lotse.clock.now());
  day.setUTCMonth(day.getUTCMonth() + months);
  return day.toISOString().slice(0, 10);
};

/** Completes an assessment of the client, with the needs given; the case is in the phase assessment. */
export async function completeAssessment(
  lotse: Lotse,
  cm: ApiClient,
  { caseId, personId }: { caseId: string; personId: string },
  { needIds, previousId }: { needIds: string[]; previousId?: string },
): Promise<string> {
  const today = lotse.clock.today();
  const terms = {
    instrument: 'nine-life-areas',
    personId,
    kind: previousId ? 'reassessment' : 'initial',
    startOn: today,
    plannedEnd: today,
  };
  const { id } = await cm.ok('post', `/v1/cases/${caseId}/assessments`, {
    ...terms,
    ...(previousId ? { previousId } : {}),
  });
  const path = `/v1/assessments/${id}`;
  const answers = { respondent: { name: 'X' }, answeredOn: today, answers: { 'd4.need': 3 } };
  for (const side of ['client', 'case_manager'])
    await cm.ok('put', `${path}/perspectives/${side}`, answers, { ifMatch: '*' });
  const needs = needIds.map((needId) => ({
    id: needId,
    dimension: 'mobility',
    statement: 'Cannot walk',
    severity: 3,
    urgency: 'soon',
  }));
  const resources = [{ dimension: 'mobility', kind: 'social', statement: 'Neighbours help' }];
  await cm.ok('put', `${path}/result`, { needs, resources, resourcesLookedFor: true }, { ifMatch: '*' });
  await cm.ok(
    'post',
    `${path}/completion`,
    { clientAgreement: { agreedOn: today, form: 'written' } },
    { ifMatch: '*' },
  );
  await lotse.settled();
  return id as string;
}

/** An agreed case whose assessment is completed, in the phase service planning. */
export async function planningCase(
  lotse: Lotse,
  opening: Opening = {},
): Promise<PlanningCase & { assessmentId: string }> {
  const as = opening.as ?? 'miss-cm';
  const cm = await lotse.as(as);
  const opened = await openCase(lotse, opening);
  await toPhase(lotse, { as, caseId: opened.caseId, phase: 'assessment' });
  const needId = randomUUID();
  const assessmentId = await completeAssessment(lotse, cm, opened, { needIds: [needId] });
  const { phase } = await cm.ok('get', `/v1/cases/${opened.caseId}`);
  if (phase !== 'service_planning') await toPhase(lotse, { as, caseId: opened.caseId, phase: 'service_planning' });
  return { ...opened, needId, assessmentId };
}

/** A complete draft, not yet signed: version 5. */
export async function draftedPlan(lotse: Lotse, opening: Opening = {}): Promise<PlannedCase> {
  const cm = await lotse.as(opening.as ?? 'miss-cm');
  const planning = await planningCase(lotse, opening);
  const { id: planId } = await cm.ok('post', `/v1/cases/${planning.caseId}/service-plans`, {
    planningMode: 'static',
    horizon: 'short',
  });
  const goal = async (body: object) =>
    (await cm.ok('post', `/v1/service-plans/${planId}/goals`, body, { ifMatch: '*' })).goalId as string;
  const principleId = await goal(principle(planning.needId));
  const frameworkId = await goal(framework(principleId));
  const goalId = await goal(outcome(frameworkId, later(lotse, 5)));
  const { measureId } = await cm.ok('post', `/v1/service-plans/${planId}/measures`, exercise(goalId, later(lotse, 5)), {
    ifMatch: '*',
  });
  return { ...planning, planId, principleId, frameworkId, goalId, measureId };
}

/** What the client signed on paper, recorded by the case manager, and the case manager's own signature. */
export async function signPlan(lotse: Lotse, cm: ApiClient, planId: string): Promise<void> {
  const signature = { name: 'X', signedOn: lotse.clock.today(), form: 'written' };
  const sign = (more: object) =>
    cm.ok('post', `/v1/service-plans/${planId}/signatures`, { ...signature, ...more }, { ifMatch: '*' });
  await sign({ party: 'client', evidence: 'file 2026/17, sheet 9' });
  await sign({ party: 'case_manager' });
}

/** Body of an agreement that informs nobody else. */
export const planTerms = (lotse: Lotse, more: object = {}) => ({
  contactEveryWeeks: 2,
  copyHandedOver: { on: lotse.clock.today(), language: 'de' },
  knownTo: [],
  ...more,
});

/** A plan in force (version 8), in a case that is in service planning or already linking. */
export async function agreedPlan(lotse: Lotse, opening: Opening = {}): Promise<PlannedCase> {
  const cm = await lotse.as(opening.as ?? 'miss-cm');
  const planned = await draftedPlan(lotse, opening);
  await signPlan(lotse, cm, planned.planId);
  await cm.ok('post', `/v1/service-plans/${planned.planId}/agreement`, planTerms(lotse), { ifMatch: '*' });
  await lotse.settled();
  return planned;
}
