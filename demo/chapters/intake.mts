import { daysAgo, today } from '../days.mts';
import { participation } from '../papers.mts';
import { type People, type Person, type Schemas, asItIs, at, done, once, refused } from '../people.mts';
import { chapter, result, say } from '../tell.mts';
import type { Family } from './family.mts';

/** A case on its way: whose it is and who steers it. */
export type HelpCase = { id: string; cm: Person; client: Person; personId: string };
export type Cases = { mrX: HelpCase; missX: HelpCase };

type Criterion = Schemas['CriterionDto'];
const criteria = (reasons: Record<Criterion['criterion'], string>): Criterion[] =>
  (Object.entries(reasons) as [Criterion['criterion'], string][]).map(([criterion, reason]) => ({
    criterion,
    answer: 'met',
    reason,
  }));

/** Phase 1: requests, screening, the opened cases and their agreements. */
export async function intake(people: People, family: Family): Promise<Cases> {
  chapter('Phase 1 · First contact and clarification');
  const [missCm, mrCm, stranger] = [people.as('miss-cm'), people.as('mr-cm'), people.as('stranger')];
  const requestOfMrX = await screenMrX(people.as('integration'), missCm, family);
  const requestOfMissX = await screenMissX(mrCm, family);

  const key = once();
  const opening = { requestId: requestOfMrX, intensity: 3 };
  const first = await done(missCm.POST('/v1/cases', { params: { header: key }, body: opening }));
  const again = await missCm.POST('/v1/cases', { params: { header: key }, body: opening });
  if (again.data?.id !== first.id || again.response.headers.get('idempotency-replayed') !== 'true')
    throw new Error('The repeated POST with the same Idempotency-Key should get the first answer');
  result(
    'Miss CM opens the case of Mr X. Her browser loses the line and sends it again with the same Idempotency-Key: the same answer, one case.',
  );
  const opened = await done(
    mrCm.POST('/v1/cases', { params: { header: once() }, body: { requestId: requestOfMissX, intensity: 3 } }),
  );
  result('Mr CM opens the case of Miss X.');
  const mrX: HelpCase = { id: first.id, cm: missCm, client: people.as('mr-x'), personId: family.mrX };
  const missX: HelpCase = { id: opened.id, cm: mrCm, client: people.as('miss-x'), personId: family.missX };

  const params = { path: { id: mrX.id } };
  await refused(
    'A case manager of another organisation has heard of Mr X and tries to look.',
    stranger.GET('/v1/cases/{id}', { params }),
    { status: 404, code: 'not-found' },
  );
  await refused(
    'Mr CM, in the same organisation but not responsible, gets to see nothing either.',
    mrCm.GET('/v1/cases/{id}', { params }),
    { status: 404, code: 'not-found' },
  );

  await agree(mrX, first, 'Plan and coordinate the return home after the stroke, with everybody who helps.');
  await agree(missX, opened, 'Coordinate health, work, debts and the help for the children.');
  return { mrX, missX };
}

/** The hospital asks; one criterion is forgotten at first. */
async function screenMrX(hospital: Person, missCm: Person, { mrX }: Family): Promise<string> {
  say(
    'The hospital information system announces Mr X: discharge in two weeks, nobody knows how it shall work at home. Miss CM visits him on the ward. He can eat prepared meals with his left hand, and he is afraid.',
  );
  const asked: Schemas['RecordRequestDto'] = {
    askedBy: 'hospital',
    channel: 'interface',
    receivedAt: `${daysAgo(21)}T08:30:00Z`,
    concern: 'Stroke three weeks ago, right side paralysed. Discharge in two weeks; family under heavy strain.',
    fieldOfPractice: 'health',
    personId: mrX,
  };
  const request = await done(hospital.POST('/v1/case-requests', { params: { header: once() }, body: asked }));
  const path = { id: request.id };
  const answers = criteria({
    complex_need: 'Stroke, former addiction, debts and a son in trouble act on each other.',
    several_providers: 'Rehabilitation, therapy, supplies, care at home and the youth office.',
    regular_pathways_insufficient: 'The ordinary discharge plan ends at the front door.',
    own_resources_insufficient: 'Mr X cannot steer this from a hospital bed; his wife is ill herself.',
    consent_given_or_developing: 'Mr X wants it and asks good questions.',
    longer_term: 'Recovery after a stroke takes many months.',
  });
  const competent = { answer: true, reason: 'Discharge management for this hospital.' };
  const draft = await done(
    missCm.PUT('/v1/case-requests/{id}/screening', {
      params: { path, header: at(request) },
      body: { criteria: answers.slice(0, 5), competent },
    }),
  );
  await refused(
    'Miss CM wants to finish the screening, and has forgotten one of the six criteria.',
    missCm.POST('/v1/case-requests/{id}/screening/completion', { params: { path, header: at(draft) } }),
    { status: 409, code: 'screening-incomplete', unmet: ['longer-term-unanswered'] },
  );
  const full = await done(
    missCm.PUT('/v1/case-requests/{id}/screening', {
      params: { path, header: at(draft) },
      body: { criteria: answers, competent },
    }),
  );
  await done(missCm.POST('/v1/case-requests/{id}/screening/completion', { params: { path, header: at(full) } }));
  result('All six criteria are met, each with its reason: case management is indicated for Mr X.');
  return request.id;
}

/** In the middle of the talk about work, an acute danger comes up; it goes first. */
async function screenMissX(mrCm: Person, { missX }: Family): Promise<string> {
  say(
    'Miss X sits in Mr CM’s office because of the next lost job. He listens, and encourages her not to give up. Then she says what really keeps her awake: her son was brought home by the police last night, and he owes money to people nobody should owe money to.',
  );
  const asked: Schemas['RecordRequestDto'] = {
    askedBy: 'jobcenter',
    channel: 'in_person',
    receivedAt: `${daysAgo(20)}T10:00:00Z`,
    concern: 'I lose every job. I cannot sleep, I cannot do this alone any more.',
    fieldOfPractice: 'employment',
    personId: missX,
  };
  const request = await done(mrCm.POST('/v1/case-requests', { params: { header: once() }, body: asked }));
  const path = { id: request.id };
  const note = 'Son, 14, threatened by dealers because of debts; afraid to leave the house.';
  const raised = await done(
    mrCm.POST('/v1/case-requests/{id}/acute-danger', {
      params: { path, header: at(request) },
      body: { kind: 'child', note },
    }),
  );
  const screening = {
    criteria: criteria({
      complex_need: 'Depression, unemployment, debts, a sick husband and a son in danger.',
      several_providers: 'Doctor, employment programme, debt advice, self-help, youth office.',
      regular_pathways_insufficient: 'Three programmes for the unemployed in four years, each broken off.',
      own_resources_insufficient: 'She manages the day, and nothing beyond it.',
      consent_given_or_developing: 'She asked for it herself.',
      longer_term: 'A permanent job and the end of the debts are a matter of years.',
    }),
    competent: { answer: true, reason: 'Lives in our district; employment promotion is our task.' },
    otherLead: null,
  };
  const draft = await done(
    mrCm.PUT('/v1/case-requests/{id}/screening', { params: { path, header: at(raised) }, body: screening }),
  );
  const complete = () => mrCm.POST('/v1/case-requests/{id}/screening/completion', { params: { path, header: asItIs } });
  await refused('All six criteria are answered; Mr CM wants to complete the screening.', complete(), {
    status: 409,
    code: 'danger-unaddressed',
  });
  const crisis = {
    measures:
      'Called the youth office’s emergency service together with Miss X; the son stays with his grandparents tonight; the police know of the threat.',
    doneBy: mrCm.name,
    at: `${daysAgo(20)}T11:15:00Z`,
    addressed: true,
    handedTo: 'Emergency service of the youth office',
  };
  await done(
    mrCm.POST('/v1/case-requests/{id}/crisis-interventions', { params: { path, header: at(draft) }, body: crisis }),
  );
  say(
    'So they act first. The boy sleeps at his grandparents’ tonight, the emergency service of the youth office has taken over. Then the screening goes on.',
  );
  await done(complete());
  result('Case management is indicated for Miss X; the record shows that the danger came first.');
  return request.id;
}

/** Consent, then the agreement; nothing begins before it. */
async function agree(
  { id, cm, client, personId }: HelpCase,
  opened: { version: number },
  mandate: string,
): Promise<void> {
  const path = { id };
  const body: Schemas['SignAgreementDto'] = {
    informed: { whatCmIs: true, rightsAndDuties: true, complaintWay: true },
    model: 'general',
    mandate,
    signedOn: today,
    signatories: [
      { name: client.name, role: 'client' },
      { name: cm.name, role: 'case_manager' },
    ],
  };
  const toAssessment = { to: 'assessment', reason: 'The agreement is signed.' } as const;
  const sign = (signed: typeof body) =>
    cm.POST('/v1/cases/{id}/agreement', { params: { path, header: at(opened) }, body: signed });
  if (client.name === 'Mr X') {
    await refused(
      'Miss CM is in a hurry and wants to begin the assessment.',
      cm.POST('/v1/cases/{id}/phase-changes', { params: { path, header: at(opened) }, body: toAssessment }),
      { status: 409, code: 'phase-entry-refused', unmet: ['agreement-missing'] },
    );
    await refused('She tries the agreement, but Mr X’s consent to take part is not on record.', sign(body), {
      status: 409,
      code: 'participation-consent-missing',
    });
  }
  await participation({ id, cm, client, personId });
  if (client.name === 'Miss X') {
    const unexplained = {
      ...body,
      informed: { ...body.informed, complaintWay: false },
      signatories: body.signatories.slice(1),
    };
    await refused('Mr CM records the agreement before the last page was talked over.', sign(unexplained), {
      status: 409,
      code: 'agreement-incomplete',
      unmet: ['client-not-told-complaint-way', 'client-signature-missing'],
    });
  }
  const signed = await done(sign(body));
  await done(cm.POST('/v1/cases/{id}/phase-changes', { params: { path, header: at(signed) }, body: toAssessment }));
  result(
    `${client.name} consents to take part, and ${client.name} and ${cm.name} sign the agreement. The assessment can begin.`,
  );
}
