import { today } from '../days.mts';
import { type People, asItIs, at, done, refused, until } from '../people.mts';
import { euro, result, say } from '../tell.mts';
import { physiotherapyBy } from './draft-mr-x.mts';
import type { Directory } from './house.mts';
import type { HelpCase } from './intake.mts';
import { journal } from './journal.mts';
import type { Referrals } from './linking.mts';
import type { Plan } from './planning.mts';
import { type Asked, type Referral, answered, arrived, draft, send, sendWithConsent, start } from './referral.mts';

/** Rehabilitation, a practice that declines and one that comes, a walking frame that is bought, and the neighbours. */
export async function linkMrX(
  people: People,
  of: HelpCase,
  plan: Plan,
  places: Directory,
): Promise<Pick<Referrals, 'clinic' | 'hill' | 'mill' | 'frame'>> {
  const stroke = 'Stroke with paralysis of the right side; walks with two helpers; wants to get home.';
  const clinic = await draft(
    of,
    places.clinic,
    {
      plan,
      measure: 'rehabilitation',
      purposeText: 'Neurological rehabilitation',
      informationPackage: stroke,
      categories: ['identity', 'health'],
    },
    false,
  );
  await refused(
    'Miss CM sends the referral to the rehabilitation clinic; she has neither explained the clinic to Mr X nor asked for the release.',
    send(clinic),
    { status: 409, code: 'referral-not-ready', unmet: ['referral-client-not-informed', 'referral-consent-missing'] },
  );
  await done(
    of.cm.PATCH('/v1/referrals/{id}', {
      params: { path: { id: clinic.id }, header: asItIs },
      body: { clientInformedOn: today },
    }),
  );
  await refused(
    'She explains it at his bedside and sends again. He has heard of it; he has not signed anything.',
    send(clinic),
    { status: 403, code: 'consent-required' },
  );
  await sendWithConsent(clinic, ['identity', 'health']);
  const outsider = places.medicalSupplies.staff ?? people.as('stranger');
  const peek = () => outsider.GET('/v1/referrals/{id}', { params: { path: { id: clinic.id } } });
  await refused(
    'Now it is on its way to the clinic. Somebody at the medical supply store tries to look at it.',
    peek(),
    { status: 404, code: 'not-found' },
  );
  const waiting = () =>
    done(
      of.cm.GET('/v1/cases/{caseId}/follow-ups', { params: { path: { caseId: of.id }, query: { status: 'open' } } }),
    );
  const unanswered = ({ data }: Awaited<ReturnType<typeof waiting>>) =>
    data.some(({ reference, cause }) => reference === clinic.id && cause === 'referral_unanswered');
  await until('a follow-up for the answer', waiting, unanswered);
  await answered(clinic, { answer: 'accepted', note: 'A bed on Monday.' });
  await until('the follow-up to close itself', waiting, (seen) => !unanswered(seen));
  say('The clinic takes him on Monday; the reminder to ask the clinic again has closed itself.');
  await arrived(clinic, today, 'Mr X is in the clinic; his wife visited.');
  await until(
    'the case moves on to monitoring',
    () => done(of.cm.GET('/v1/cases/{id}', { params: { path: { id: of.id } } })),
    ({ phase }) => phase === 'monitoring',
  );
  result('The first help has begun, and with it the measure in the plan. The case is in monitoring.');

  const exercises = 'Exercises for the right arm and leg after a stroke; at home if possible.';
  const practice: Asked = {
    plan,
    measure: 'physiotherapy',
    purposeText: 'Physiotherapy twice a week',
    informationPackage: exercises,
    categories: ['identity', 'health'],
  };
  const hill = await draft(of, places.physiotherapyOnTheHill, practice);
  await sendWithConsent(hill, ['identity', 'health']);
  await answered(hill, { answer: 'declined', reason: 'no_capacity', note: 'We make no home visits this year.' });
  say(
    'Physiotherapy on the Hill declines: no home visits. So the plan gets a second edition that names the practice at the Mill. Both sign again.',
  );
  await revise(of, plan, places);
  const mill = await draft(of, places.physiotherapyAtTheMill, practice);
  await sendWithConsent(mill, ['identity', 'health']);
  await answered(mill, { answer: 'accepted', note: 'Tuesdays and Fridays, at home.' });
  await arrived(mill, today, 'First visit took place.');

  const frame = await draft(of, places.medicalSupplies, {
    plan,
    measure: 'walkingFrame',
    purposeText: 'Walking frame, fitted at home',
    informationPackage: 'Height 1.82 m, right side weak.',
    categories: ['identity', 'contact', 'health'],
  });
  await sendWithConsent(frame, ['identity', 'contact', 'health']);
  await answered(frame, { answer: 'accepted', note: 'In stock.' });
  await buy(people, frame);
  await arrived(frame, today, 'Fitted at home; he took it to the window.');
  for (const measure of ['exercises', 'letters', 'neighbours'])
    await done(
      of.cm.POST('/v1/service-plans/{id}/measures/{measureId}/start', {
        params: { path: { id: plan.id, measureId: plan.measures[measure]! }, header: asItIs },
      }),
    );
  await journal(of, {
    kind: 'home_visit',
    function: 'support',
    minutes: 75,
    costCents: 640,
    on: today,
    participants: ['Mr X', 'Miss X', 'Neighbour'],
    text: 'First evening at home. The neighbour showed how she lifts him; his daughter counted the exercises.',
    sharedWithClient: true,
  });
  result(
    'Mr X is home. The neighbours come mornings and evenings, paid from the care allowance; his daughter counts his exercises.',
  );
  return { clinic, hill, mill, frame };
}

/** PLAN-3: a change makes a new edition, with its reason and the difference; both sign again. */
async function revise({ cm, client }: HelpCase, plan: Plan, places: Directory): Promise<void> {
  const path = { id: plan.id };
  const reason = 'The practice on the Hill makes no home visits.';
  const begun = await done(
    cm.POST('/v1/service-plans/{id}/revision', { params: { path, header: asItIs }, body: { reason } }),
  );
  const goalIds = [plan.goals.independence!, plan.goals.healthCare!];
  const body = { ...physiotherapyBy(places.physiotherapyAtTheMill), goalIds };
  const changed = await done(
    cm.PUT('/v1/service-plans/{id}/measures/{measureId}', {
      params: { path: { ...path, measureId: plan.measures.physiotherapy! }, header: at(begun) },
      body,
    }),
  );
  let seen: { version: number } = changed;
  for (const [who, party] of [
    [client, 'client'],
    [cm, 'case_manager'],
  ] as const)
    seen = await done(
      who.POST('/v1/service-plans/{id}/signatures', {
        params: { path, header: at(seen) },
        body: { party, form: 'electronic', name: who.name, signedOn: today },
      }),
    );
  const terms = { contactEveryWeeks: 2, copyHandedOver: { on: today, language: 'de' }, knownTo: [] };
  await done(cm.POST('/v1/service-plans/{id}/agreement', { params: { path, header: at(seen) }, body: terms }));
  const diff = await done(
    client.GET('/v1/service-plans/{id}/editions/{edition}/diff', { params: { path: { ...path, edition: 2 } } }),
  );
  const [change] = diff.measures.changed;
  if (diff.reason !== reason || diff.measures.changed.length !== 1 || !change)
    throw new Error(`Edition 2 should differ in one measure: ${JSON.stringify(diff)}`);
  result(
    `Edition 2 is in force. What changed: “${change.label}” (${change.fields.join(', ')}), because: ${diff.reason}`,
  );
}

/** PLAN-5: what costs money needs a second pair of eyes. */
async function buy(people: People, referral: Referral): Promise<void> {
  const { id, of } = referral;
  const params = { path: { id }, header: asItIs };
  const bought = {
    scope: 'One walking frame, fitted and explained',
    goals: ['Walks in the flat'],
    periodFrom: today,
    priceCents: 14_900,
  };
  await done(of.cm.PUT('/v1/referrals/{id}/service-agreement', { params, body: bought }));
  await refused(
    `The walking frame costs ${euro(bought.priceCents)}. Miss CM would have it delivered at once.`,
    start(referral),
    { status: 409, code: 'referral-purchase-not-approved' },
  );
  await done(people.as('team-lead').POST('/v1/referrals/{id}/approval', { params }));
  result('The team lead approves the purchase.');
}
