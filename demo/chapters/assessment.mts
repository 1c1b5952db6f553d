import { daysAgo, inDays, today } from '../days.mts';
import { type Schemas, asItIs, at, done, once, refused, until } from '../people.mts';
import { chapter, result, say, table } from '../tell.mts';
import type { Cases, HelpCase } from './intake.mts';
import {
  LIFE_AREAS,
  type Needs,
  type Views,
  newNeeds,
  resultOfMissX,
  resultOfMrX,
  viewsOfMissX,
  viewsOfMrX,
} from './findings.mts';

/** Phase 2: several views of one situation, side by side, and a result the client agrees with. */
export async function assessment(cases: Cases): Promise<{ mrX: Needs; missX: Needs }> {
  chapter('Phase 2 · Assessment');
  say(
    'Mr CM and Miss CM look at the situation of the family from all sides: social, financial, health, work. Above all they ask. Each side answers the same questions on nine areas of life, from 0 (no help needed) to 4; nothing is averaged.',
  );
  const mrX = await assess(cases.mrX, inDays(7), viewsOfMrX, resultOfMrX);
  say(
    'Mr X says he needs little help to look after himself. His wife and Miss CM see that differently, and now they can talk about it. On one point all three agree: it is the boy he worries about.',
  );
  const missX = await assess(cases.missX, daysAgo(6), viewsOfMissX, resultOfMissX);
  say('Miss X needed more time than planned; a bad week came in between. Mr CM gave her the time.');
  return { mrX, missX };
}

async function assess(
  of: HelpCase,
  plannedEnd: string,
  views: Views,
  findings: (needs: Needs) => Schemas['RecordAssessmentResultDto'],
): Promise<Needs> {
  const { id: caseId, cm, client, personId } = of;
  const terms = { instrument: 'nine-life-areas', personId, kind: 'initial', startOn: daysAgo(18), plannedEnd } as const;
  const { id } = await done(
    cm.POST('/v1/cases/{caseId}/assessments', { params: { path: { caseId }, header: once() }, body: terms }),
  );
  const path = { id };

  // The client reads the own assessment and answers for themselves; whoever answers next reads it again.
  for (const { who, perspective, respondent, answers } of [
    { who: client, perspective: 'client', respondent: { name: client.name }, answers: views.client },
    { who: cm, perspective: 'case_manager', respondent: { name: cm.name }, answers: views.caseManager },
    { who: cm, perspective: 'third_party', respondent: views.thirdParty.respondent, answers: views.thirdParty.answers },
  ] as const) {
    const seen = await done(who.GET('/v1/assessments/{id}', { params: { path } }));
    const params = { path: { id, perspective }, header: at(seen) };
    await done(
      who.PUT('/v1/assessments/{id}/perspectives/{perspective}', {
        params,
        body: { respondent, answeredOn: daysAgo(10), answers },
      }),
    );
  }
  if (client.name === 'Mr X')
    await refused(
      'Miss CM thinks Mr X was too proud, and wants to correct his answers.',
      cm.PUT('/v1/assessments/{id}/perspectives/{perspective}', {
        params: { path: { id, perspective: 'client' }, header: asItIs },
        body: { respondent: { name: client.name }, answeredOn: today, answers: views.caseManager },
      }),
      { status: 409, code: 'client-answered-in-person' },
    );
  await sideBySide(of, id);

  const needs = newNeeds();
  const body = findings(needs);
  const recorded = await done(cm.PUT('/v1/assessments/{id}/result', { params: { path, header: asItIs }, body }));
  const complete = (agreement: Schemas['CompleteAssessmentDto']) =>
    cm.POST('/v1/assessments/{id}/completion', { params: { path, header: at(recorded) }, body: agreement });
  if (client.name === 'Mr X')
    await refused('Miss CM completes the assessment before Mr X has read the result.', complete({}), {
      status: 409,
      code: 'assessment-incomplete',
      unmet: ['assessment-client-agreement-missing'],
    });
  await done(complete({ clientAgreement: { agreedOn: today, form: 'written' } }));
  await until(
    'the case moves on to planning',
    () => done(cm.GET('/v1/cases/{id}', { params: { path: { id: caseId } } })),
    ({ phase }) => phase === 'service_planning',
  );
  await until(
    'the needs reach the planning',
    () => done(cm.GET('/v1/cases/{caseId}/handed-needs', { params: { path: { caseId }, query: { limit: 100 } } })),
    ({ data }) => data.length === body.needs.length + body.resources.length,
  );
  const { needs: found, resources, supplyGaps = [] } = body;
  result(
    `${client.name} agrees with the result in writing: ${found.length} needs, ${resources.length} resources, ${supplyGaps.length} supply gap${supplyGaps.length === 1 ? '' : 's'}. The case moves on to planning by itself.`,
  );
  for (const need of found) if (need.clientWords) say(`“${need.clientWords}” — ${need.statement}`);
  say(`What there is to build on: ${resources.map(({ statement }) => statement).join(' · ')}.`);
  say(`Left alone: ${body.predictionWithoutSupport} With help: ${body.predictionWithSupport}`);
  return needs;
}

/** ASMT-2: what each side said, in one table. */
async function sideBySide({ cm, client }: HelpCase, id: string): Promise<void> {
  const { sides, items } = await done(cm.GET('/v1/assessments/{id}/comparison', { params: { path: { id } } }));
  const asked = items.filter(({ item }) => item.endsWith('.need'));
  table(
    [`How much help does ${client.name} need?`, ...sides.map(({ name }) => name), ''],
    asked.map(({ item, values, differs, spread }) => [
      LIFE_AREAS[item.slice(0, 2)] ?? item,
      ...sides.map(({ key }) => String((values as Record<string, number>)[key] ?? '–')),
      differs ? `differs by ${spread}` : '',
    ]),
  );
  if (sides.length !== 3 || !asked.some(({ differs }) => differs))
    throw new Error('Three sides should stand side by side and differ somewhere');
}
