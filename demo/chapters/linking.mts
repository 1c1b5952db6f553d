import { today } from '../days.mts';
import { type People, at, done, once, until } from '../people.mts';
import { chapter, result, say, table } from '../tell.mts';
import type { Directory } from './house.mts';
import type { Cases, HelpCase } from './intake.mts';
import { linkMissX } from './linking-miss-x.mts';
import { linkMrX } from './linking-mr-x.mts';
import type { Plans } from './planning.mts';
import { type Referral, draft, sendWithConsent, stateOf } from './referral.mts';

/** Every referral by a short name. */
export type Referrals = Record<
  'clinic' | 'hill' | 'mill' | 'frame' | 'programme' | 'group' | 'debts' | 'living' | 'dayClinic',
  Referral
>;

/** Phase 5, first half: help is asked for, answered, arranged, and arrives. */
export async function linking(people: People, cases: Cases, plans: Plans, places: Directory): Promise<Referrals> {
  chapter('Phase 5 · Linking: from a plan to help');
  const ofMrX = await linkMrX(people, cases.mrX, plans.mrX, places);
  const ofMissX = await linkMissX(cases.missX, plans.missX, places);
  const dayClinic = await takenBack(cases.missX, places);
  const referrals = { ...ofMrX, ...ofMissX, dayClinic };
  await worklist(cases.missX);
  table(
    ['For', 'Where', 'State'],
    await Promise.all(
      Object.values(referrals).map(async (referral) => [
        referral.of.client.name,
        referral.place.name,
        await stateOf(referral),
      ]),
    ),
  );
  return referrals;
}

/** CONS-2: the client takes back one release; the referral that relied on it stops. */
async function takenBack(of: HelpCase, places: Directory): Promise<Referral> {
  const dayClinic = await draft(of, places.dayClinic, {
    purposeText: 'Day treatment',
    informationPackage: 'Moderate depression; medication.',
    categories: ['identity', 'health'],
  });
  const consentId = await sendWithConsent(dayClinic, ['identity', 'health']);
  const { client } = of;
  const path = { id: consentId };
  const consent = await client.GET('/v1/consents/{id}', { params: { path } });
  const etag = { 'If-Match': consent.response.headers.get('etag') ?? '*' };
  await done(
    client.POST('/v1/consents/{id}/withdrawal', {
      params: { path, header: etag },
      body: { reason: 'I want to try the group first.' },
    }),
  );
  await until(
    'the referral to stop',
    () => stateOf(dayClinic),
    (state) => state === 'cancelled',
  );
  const { staff } = places.dayClinic;
  const left = staff && (await done(staff.GET('/v1/referrals/{id}', { params: { path: { id: dayClinic.id } } })));
  if (left && (left.informationPackage !== null || left.accessEndedAt === null))
    throw new Error('The day clinic should no longer see what was passed on');
  result(
    'Mr CM also suggested a psychiatric day clinic. Miss X thinks it over and withdraws that one release in her own account: the referral stops by itself, and the clinic no longer sees what it was told. Everything else goes on.',
  );
  return dayClinic;
}

/** CASE-9: what is to be looked at again, made by hand or by events. */
async function worklist({ id: caseId, cm }: HelpCase): Promise<void> {
  const note = { subject: 'Ask how Thursday was', dueOn: today };
  const followUp = await done(
    cm.POST('/v1/cases/{caseId}/follow-ups', { params: { path: { caseId }, header: once() }, body: note }),
  );
  const look = () => done(cm.GET('/v1/worklist', { params: { query: { due: 'today', limit: 100 } } }));
  const { data } = await look();
  const mine = data.filter((entry) => entry.caseId === caseId);
  if (!mine.some(({ id }) => id === followUp.id)) throw new Error('The follow-up should stand on today’s worklist');
  await done(
    cm.POST('/v1/follow-ups/{id}/completion', {
      params: { path: { id: followUp.id }, header: at(followUp) },
      body: { note: 'It was good.' },
    }),
  );
  if ((await look()).data.some(({ id }) => id === followUp.id))
    throw new Error('The follow-up should be off the worklist');
  say('Mr CM’s worklist of today has one entry for Miss X: “Ask how Thursday was”. He calls, and it was good.');
}
