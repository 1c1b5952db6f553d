import { type Person, type Schemas, asItIs, done, once, refused, until } from '../people.mts';
import { euro, hours, result, say, table } from '../tell.mts';
import type { HelpCase } from './intake.mts';
import { effortOf } from './journal.mts';
import type { Plan } from './planning.mts';
import type { Referral } from './referral.mts';

export type Verdict = Omit<Schemas['RateEvaluationDto'], 'side'>;
/** How a case ends: what each goal came to, who helped, and what everybody says of it. */
export type Ending = {
  levels: Record<string, [level: number, note: string]>;
  helpers: [Referral, Verdict][];
  /** A helper that does not rate, and why. */
  silent?: [Referral, string];
  client: Verdict;
  caseManager: Verdict;
  described: Schemas['DescribeEvaluationDto'];
  /** How the closing table was. */
  scene: string;
  note: string;
};

/** PLAN-8: everybody rates, what came of it is written down, and then it is fixed. */
export async function recordEvaluation(of: HelpCase, plan: Plan, end: Ending): Promise<void> {
  const { id: caseId, cm, client } = of;
  const { id } = await done(
    cm.POST('/v1/cases/{caseId}/evaluations', {
      params: { path: { caseId }, header: once() },
      body: { planId: plan.id },
    }),
  );
  const path = { id };
  const record = () => cm.POST('/v1/evaluations/{id}/recording', { params: { path, header: asItIs } });
  const rate = (who: Person, body: Schemas['RateEvaluationDto']) =>
    done(who.POST('/v1/evaluations/{id}/ratings', { params: { path, header: asItIs }, body }));

  await rate(client, { side: 'client', ...end.client });
  await rate(cm, { side: 'case_manager', ...end.caseManager });
  await done(cm.PATCH('/v1/evaluations/{id}', { params: { path, header: asItIs }, body: end.described }));
  if (client.name === 'Mr X')
    await refused('Miss CM records the evaluation. The providers have not been asked.', record(), {
      status: 409,
      code: 'evaluation-not-complete',
      unmet: ['evaluation-provider-rating-missing'],
    });
  for (const [helper, verdict] of end.helpers) {
    const { staff, providerId } = helper.place;
    // A provider finds the evaluation in its own referral, for as long as it is open.
    const own = staff && (await done(staff.GET('/v1/referrals/{id}', { params: { path: { id: helper.id } } })));
    if (own && own.evaluationId !== id)
      throw new Error(`${helper.place.name} should find the evaluation in its referral`);
    if (staff) await rate(staff, { side: 'provider', ...verdict });
    else await rate(cm, { side: 'provider', providerId, onBehalf: 'By phone', ...verdict });
  }
  if (end.silent) {
    const [{ place }, reason] = end.silent;
    await done(
      cm.POST('/v1/evaluations/{id}/missing-ratings', {
        params: { path, header: asItIs },
        body: { side: 'provider', providerId: place.providerId, reason },
      }),
    );
  }
  const spent = effortOf(caseId);
  await until(
    'the journal to be summed up',
    () => done(cm.GET('/v1/evaluations/{id}', { params: { path } })),
    ({ effort }) => effort.minutes === spent.minutes && effort.costCents === spent.costCents,
  );
  await done(record());
  const { ratings, notRated, effort } = await done(client.GET('/v1/evaluations/{id}', { params: { path } }));
  const nameOf = ({ side, providerId }: (typeof ratings)[number]): string =>
    side === 'client'
      ? client.name
      : side === 'case_manager'
        ? cm.name
        : (end.helpers.find(([{ place }]) => place.providerId === providerId)?.[0].place.name ?? 'A provider');
  table(
    ['Who', 'Goals reached (0–4)', 'Satisfied (0–4)', 'In their words'],
    ratings.map((rating) => [
      nameOf(rating),
      String(rating.goalsReached),
      String(rating.satisfaction),
      rating.comment ?? '',
    ]),
  );
  for (const { reason } of notRated) say(`Not rated, with a reason: “${reason}”`);
  result(
    `The evaluation is recorded and fixed. It took ${hours(effort.minutes)} of case management and ${euro(effort.costCents)} of travel.`,
  );
}
