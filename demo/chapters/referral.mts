import { daysAgo } from '../days.mts';
import { type Category, release } from '../papers.mts';
import { type Schemas, asItIs, at, done, once } from '../people.mts';
import type { Place } from './house.mts';
import type { HelpCase } from './intake.mts';
import type { Plan } from './planning.mts';

type Answer = Schemas['RecordProviderAnswerDto'];
/** What is asked of whom, for which measure of the plan. */
export type Asked = {
  plan?: Plan;
  measure?: string;
  purposeText: string;
  informationPackage: string;
  categories: Category[];
};
/** A referral on its way: the case it belongs to and the place it goes to. */
export type Referral = { id: string; of: HelpCase; place: Place };

/** A draft; nothing leaves the house yet. */
export async function draft(
  of: HelpCase,
  place: Place,
  { plan, measure, ...asked }: Asked,
  informed = true,
): Promise<Referral> {
  const body: Schemas['DraftReferralDto'] = {
    ...asked,
    serviceId: place.serviceId,
    ...(plan && measure ? { planId: plan.id, measureId: plan.measures[measure] } : {}),
    ...(informed ? { clientInformedOn: daysAgo(1) } : {}),
  };
  const { id } = await done(
    of.cm.POST('/v1/cases/{caseId}/referrals', { params: { path: { caseId: of.id }, header: once() }, body }),
  );
  return { id, of, place };
}

export const send = ({ id, of }: Referral, body: Schemas['SendReferralDto'] = {}) =>
  of.cm.POST('/v1/referrals/{id}/sending', { params: { path: { id }, header: asItIs }, body });

/** The client's release for this place, and off it goes. Answers the consent it relies on. */
export async function sendWithConsent(
  referral: Referral,
  categories: Category[],
  terms: Schemas['SendReferralDto'] = {},
): Promise<string> {
  const { of, place } = referral;
  const consentId = await release(
    of,
    'referral',
    [{ kind: 'organisation', id: place.providerId, name: place.name }],
    categories,
  );
  await done(send(referral, terms));
  return consentId;
}

/** The provider answers for itself; where nobody there has an account, the case manager records the call. */
export async function answered({ id, of, place: { staff } }: Referral, answer: Answer): Promise<void> {
  const path = { id };
  if (!staff) {
    await done(of.cm.POST('/v1/referrals/{id}/recorded-answer', { params: { path, header: asItIs }, body: answer }));
    return;
  }
  const params = { path, header: at(await done(staff.GET('/v1/referrals/{id}', { params: { path } }))) };
  const { note, expectedOn, reason = 'other' } = answer;
  if (answer.answer === 'accepted') await done(staff.POST('/v1/referrals/{id}/acceptance', { params, body: { note } }));
  else if (answer.answer === 'declined')
    await done(staff.POST('/v1/referrals/{id}/declination', { params, body: { reason, text: note } }));
  else await done(staff.POST('/v1/referrals/{id}/waitlisting', { params, body: { note, expectedOn } }));
}

/** A date, with somebody who goes along where that helps. */
export async function appointment({ id, of }: Referral, body: Schemas['ArrangeAppointmentDto']): Promise<void> {
  await done(of.cm.POST('/v1/referrals/{id}/appointment', { params: { path: { id }, header: asItIs }, body }));
}

export const start = ({ id, of }: Referral, note?: string) =>
  of.cm.POST('/v1/referrals/{id}/start', { params: { path: { id }, header: asItIs }, body: note ? { note } : {} });

/** Help that has begun, and the question whether it really arrived. */
export async function arrived(referral: Referral, on: string, note: string): Promise<void> {
  await done(start(referral));
  const params = { path: { id: referral.id }, header: asItIs };
  await done(referral.of.cm.POST('/v1/referrals/{id}/follow-up', { params, body: { on, arrived: true, note } }));
}

export async function completed({ id, of }: Referral, note: string): Promise<void> {
  const params = { path: { id }, header: asItIs };
  await done(of.cm.POST('/v1/referrals/{id}/completion', { params, body: { outcome: 'achieved', note } }));
}

export const stateOf = async ({ id, of }: Referral) =>
  (await done(of.cm.GET('/v1/referrals/{id}', { params: { path: { id } } }))).state;
