import { inDays, today } from '../days.mts';
import { asItIs, done, refused } from '../people.mts';
import { result, say } from '../tell.mts';
import type { Directory } from './house.mts';
import type { HelpCase } from './intake.mts';
import { journal } from './journal.mts';
import type { Referrals } from './linking.mts';
import type { Plan } from './planning.mts';
import { answered, appointment, arrived, draft, send, sendWithConsent } from './referral.mts';

/** A waiting list, a home for the son, a door that is hard to open, and two bags of letters. */
export async function linkMissX(
  of: HelpCase,
  plan: Plan,
  places: Directory,
): Promise<Pick<Referrals, 'programme' | 'group' | 'debts' | 'living'>> {
  const programme = await draft(of, places.employmentProgramme, {
    plan,
    measure: 'programme',
    purposeText: 'A place in the programme for sales staff',
    informationPackage: 'Trained sales woman; can start at eight, not before.',
    categories: ['identity', 'work'],
  });
  await refused('Mr CM registers Miss X for the employment programme.', send(programme), {
    status: 409,
    code: 'referral-not-ready',
    unmet: ['referral-service-full', 'referral-consent-missing'],
  });
  await sendWithConsent(programme, ['identity', 'work'], { forWaitingList: true });
  await answered(programme, { answer: 'waitlisted', expectedOn: inDays(21), note: 'Second on the list.' });
  say(
    'Then the waiting list: the programme puts her second, for three weeks from now. the reminder to ask again stands on Mr CM’s list. Two weeks later somebody leaves, and the place is hers.',
  );
  await answered(programme, { answer: 'accepted', note: 'A place is free, mornings from eight.' });
  await arrived(programme, today, 'She was there at ten to eight.');

  const living = await draft(of, places.livingCommunity, {
    plan,
    measure: 'living',
    purposeText: 'A place for the son',
    informationPackage: 'Fourteen, likes to repair things, owes money to dealers; wants to be asked.',
    categories: ['identity', 'family', 'situation'],
  });
  await sendWithConsent(living, ['identity', 'family', 'situation']);
  await answered(living, { answer: 'accepted', note: 'He may come and look first.' });
  await arrived(living, today, 'He stayed. He has a key of his own.');

  const group = await draft(of, places.selfHelpGroup, {
    plan,
    measure: 'group',
    purposeText: 'Come and see',
    informationPackage: 'Would like to come on Thursdays.',
    categories: ['identity'],
  });
  await sendWithConsent(group, ['identity']);
  await answered(group, { answer: 'accepted', note: 'Everybody is welcome.' });
  await appointment(group, { at: `${inDays(2)}T19:00:00+01:00`, place: 'Parish hall' });
  await done(
    of.cm.POST('/v1/referrals/{id}/no-show', {
      params: { path: { id: group.id }, header: asItIs },
      body: { note: 'She stood outside and turned round.' },
    }),
  );
  await appointment(group, {
    at: `${inDays(9)}T19:00:00+01:00`,
    place: 'Parish hall',
    accompaniment: 'A woman of the group fetches her',
  });
  await arrived(group, today, 'She stayed until the end.');
  say(
    'The first Thursday Miss X stands in front of the door of the self-help group and turns round. The second time a woman of the group fetches her, and she stays.',
  );

  const debts = await draft(of, places.debtAdvice, {
    plan,
    measure: 'debtAdvice',
    purposeText: 'Debt advice for the family',
    informationPackage: 'Eleven creditors, about 38,000 euros.',
    categories: ['identity', 'finances'],
  });
  await sendWithConsent(debts, ['identity', 'finances']);
  await answered(debts, { answer: 'accepted', note: 'Bring all the letters, opened or not.' });
  await appointment(debts, {
    at: `${inDays(3)}T10:00:00+01:00`,
    place: 'Debt Advice Service, first floor',
    accompaniment: 'Mr CM comes along',
  });
  await arrived(debts, today, 'Two shopping bags of letters.');
  await journal(of, {
    kind: 'accompaniment',
    function: 'advocacy',
    minutes: 90,
    costCents: 380,
    on: today,
    participants: ['Miss X', 'Debt Advice Service'],
    text: 'First meeting at the debt advice service. Went along, carried one of the two bags of letters.',
    sharedWithClient: true,
  });
  result('Mr CM goes along to the debt advice service and carries one of the two bags of unopened letters.');
  for (const measure of ['applications', 'grandparents'])
    await done(
      of.cm.POST('/v1/service-plans/{id}/measures/{measureId}/start', {
        params: { path: { id: plan.id, measureId: plan.measures[measure]! }, header: asItIs },
      }),
    );
  return { programme, group, debts, living };
}
