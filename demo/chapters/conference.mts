import { daysAgo, today } from '../days.mts';
import { release } from '../papers.mts';
import { type Schemas, asItIs, done, once, refused } from '../people.mts';
import { result, say, table } from '../tell.mts';
import type { Directory } from './house.mts';
import type { Cases } from './intake.mts';
import { journal } from './journal.mts';

/** The joint aid conference with the youth office (PLAN-4, CASE-11); answers the decisions that become measures. */
export async function conference(
  { mrX, missX }: Cases,
  { youthOffice }: Directory,
): Promise<{ id: string; neighbours: string; livingCommunity: string }> {
  const { cm } = mrX;
  const plan: Schemas['PlanConferenceDto'] = {
    kind: 'aid',
    plannedOn: today,
    place: 'Hospital, room 2.14',
    agenda: ['What each wants to reach', 'Care at home after the discharge', 'Help for the children'],
    caseIds: [missX.id],
  };
  const { id } = await done(
    cm.POST('/v1/cases/{caseId}/conferences', { params: { path: { caseId: mrX.id }, header: once() }, body: plan }),
  );
  const invite = (recipient: Schemas['ConferenceRecipientDto'], role: string) =>
    cm.POST('/v1/conferences/{id}/invitations', {
      params: { path: { id }, header: asItIs },
      body: { recipient, role, categories: ['family', 'situation'] },
    });
  const office = { kind: 'organisation', id: youthOffice.providerId, name: youthOffice.name } as const;
  say('Miss CM plans one conference for both cases, in the hospital, so that Mr X can be there.');
  await refused(
    'She invites the youth office. Mr and Miss X have not been asked about that yet.',
    invite(office, 'Help for the children'),
    { status: 403, code: 'consent-required' },
  );
  const asRecipient = ({ client }: Cases['mrX']) =>
    ({ kind: 'person', id: client.subject, name: client.name }) as const;
  // Each learns of the other's case as well.
  await release(mrX, 'conference', [office, asRecipient(missX)], ['family', 'situation']);
  await release(missX, 'conference', [office, asRecipient(mrX)], ['family', 'situation']);
  await done(invite(office, 'Help for the children'));
  for (const one of [mrX, missX]) await done(invite(asRecipient(one), 'Client'));
  await done(invite({ kind: 'person', id: missX.cm.subject, name: missX.cm.name }, 'Case manager of Miss X'));

  const minutes: Schemas['ConferenceMinutesDto'] = {
    heldOn: today,
    participants: ['Mr X', 'Miss X', 'Grandparents', 'Neighbour', youthOffice.name, 'Miss CM', 'Mr CM'],
    minutes:
      'Everybody said first what they can do, then what they cannot. The son came for the last half hour and listened.',
    decisions: [
      {
        text: 'The neighbours help with the care of Mr X and are paid for it.',
        becomes: 'measure',
        responsible: 'Miss CM',
      },
      {
        text: 'The son gets professional supervision: a place in an assisted living community, for a time.',
        becomes: 'measure',
        responsible: 'Mr CM',
      },
      { text: 'The grandparents take the daughter on three afternoons.', becomes: 'none', responsible: 'Grandparents' },
    ],
    dissent: [{ who: 'Grandparents', what: 'The boy should live with them, not with strangers.' }],
  };
  await done(cm.POST('/v1/conferences/{id}/minutes', { params: { path: { id }, header: asItIs }, body: minutes }));
  for (const one of [mrX, missX])
    await journal(one, {
      kind: 'coordination',
      function: 'coordination',
      minutes: 120,
      on: today,
      participants: minutes.participants,
      text: 'Joint aid conference.',
      sharedWithClient: true,
    });
  await journal(mrX, {
    kind: 'negotiation',
    function: 'broker',
    minutes: 45,
    on: daysAgo(2),
    participants: ['Neighbour'],
    text: 'Talked with the neighbours about the care and a fair compensation.',
  });

  const held = await done(missX.cm.GET('/v1/conferences/{id}', { params: { path: { id } } }));
  table(
    ['Decision', 'Who'],
    held.decisions.map(({ text, responsible }) => [text, responsible ?? '']),
  );
  const [neighbours, livingCommunity] = held.decisions;
  if (held.status !== 'held' || held.invitations.length !== 4 || !neighbours || !livingCommunity)
    throw new Error('The conference should be held, with four invitations and three decisions');
  result(
    `The conference is held. The grandparents see one thing differently, and the minutes say so: “${held.dissent[0]?.what}”`,
  );
  return { id, neighbours: neighbours.id, livingCommunity: livingCommunity.id };
}
