import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { Conference } from './conference.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T10:00:00.000Z' };
const plan = { plannedOn: '2026-03-10', place: 'Hospital', agenda: ['Discharge'] };
const alone = { caseId: 'mr-x', linkedCaseIds: ['miss-x'], jointWith: [] as string[] };
const minutes = {
  heldOn: '2026-03-02',
  participants: ['Mr X', 'Youth office'],
  minutes: 'What was said',
  decisions: [
    { text: 'Supervision for the son', becomes: 'measure' as const, responsible: 'Youth office' },
    { text: 'Nobody informs the school', becomes: 'none' as const, responsible: null },
  ],
  dissent: [{ who: 'Mr X', what: 'Wants the son at home' }],
};
const invitation = {
  recipient: { kind: 'organisation' as const, id: 'youth-office', name: 'Youth office' },
  role: 'Helper',
  categories: ['identity'],
  consents: [],
};
const aid = () => Conference.plan(alone, 'aid', plan, stamp);
const held = () => {
  const conference = aid();
  conference.hold(minutes, stamp);
  return conference;
};
const decisionOf = (conference: Conference) =>
  (conference as unknown as { decisions: { id: string }[] }).decisions[0]!.id;
const broken = (code: string) => expect.objectContaining({ code });

it('PLAN-4, CASE-11: a joint conference is held for linked cases, each once, the calling one first', () => {
  expect(Conference.plan({ ...alone, jointWith: ['miss-x', 'mr-x', 'miss-x'] }, 'aid', plan, stamp).caseIds).toEqual([
    'mr-x',
    'miss-x',
  ]);
});

it('PLAN-4, CASE-11: cases that are not linked hold no joint conference', () => {
  expect(() => Conference.plan({ ...alone, jointWith: ['miss-x', 'neighbour'] }, 'aid', plan, stamp)).toThrow(
    expect.objectContaining({ code: 'conference-cases-not-linked', facts: { caseIds: ['neighbour'] } }),
  );
});

it('PLAN-4: nobody is invited twice', () => {
  const conference = aid();
  conference.invite(invitation, stamp);
  expect(() => conference.invite(invitation, stamp)).toThrow(broken('conference-already-invited'));
});

it('PLAN-4, CASE-9: an invitation waits for its answer; who thinks better of it answers anew', () => {
  const conference = aid();
  conference.invite(invitation, stamp);
  conference.invite({ ...invitation, recipient: { ...invitation.recipient, id: 'clinic' } }, stamp);
  const [first, second] = conference.pullEvents() as unknown as { invitationId: string; plannedOn: string }[];
  expect(first).toMatchObject({ aggregateId: conference.id, caseId: 'mr-x', plannedOn: '2026-03-10' });
  const answer = (id: string, word: 'accepted' | 'declined') =>
    conference.answer(id, { answer: word, note: null }, stamp);
  answer(first!.invitationId, 'accepted');
  answer(first!.invitationId, 'declined');
  answer(second!.invitationId, 'accepted');
  expect(conference.pullEvents()).toMatchObject([
    { answer: 'accepted', awaited: 1 },
    { answer: 'declined', awaited: 1 },
    { answer: 'accepted', awaited: 0 },
  ]);
  expect(() => answer('nobody', 'accepted')).toThrow(NotFound);
  conference.cancel('Mr X is ill', stamp);
  expect(conference.pullEvents()).toMatchObject([{ aggregateId: conference.id, caseId: 'mr-x' }]);
  expect(() => answer(first!.invitationId, 'accepted')).toThrow(broken('conference-not-planned'));
});

it('PLAN-4: minutes hold the conference for all its cases and say nothing of what was said', () => {
  const conference = Conference.plan({ ...alone, jointWith: ['miss-x'] }, 'aid', plan, stamp);
  conference.hold(minutes, stamp);
  expect(conference.pullEvents()).toMatchObject([
    { caseId: 'mr-x', caseIds: ['mr-x', 'miss-x'], kind: 'aid', heldOn: '2026-03-02' },
  ]);
});

it('PLAN-4: a conference cannot have been held tomorrow', () => {
  expect(() => aid().hold({ ...minutes, heldOn: '2026-03-03' }, stamp)).toThrow(InvalidInput);
});

it('PLAN-4: minutes are fixed: no second ones, no later invitation, no other agenda', () => {
  const conference = held();
  expect(() => conference.hold(minutes, stamp)).toThrow(broken('conference-not-planned'));
  expect(() => conference.invite(invitation, stamp)).toThrow(broken('conference-not-planned'));
  expect(() => conference.rearrange({ agenda: [] })).toThrow(broken('conference-not-planned'));
  expect(() => conference.cancel('late', stamp)).toThrow(broken('conference-not-planned'));
});

it('PLAN-4: a cancelled conference is not held', () => {
  const conference = aid();
  conference.cancel('Mr X is ill', stamp);
  expect(() => conference.hold(minutes, stamp)).toThrow(broken('conference-not-planned'));
});

it('PLAN-4: a decision is taken over once, as what it was to become', () => {
  const conference = held();
  const decision = decisionOf(conference);
  const measure = { planId: 'plan', goalId: null, measureId: 'measure' };
  expect(() => conference.takeOver(decision, { ...measure, goalId: 'goal', measureId: null }, stamp)).toThrow(
    broken('conference-decision-not-for-plan'),
  );
  conference.takeOver(decision, measure, stamp);
  expect(() => conference.takeOver(decision, measure, stamp)).toThrow(broken('conference-decision-not-for-plan'));
  expect(() => conference.takeOver('unknown', measure, stamp)).toThrow(NotFound);
  expect(() => aid().takeOver(decision, measure, stamp)).toThrow(broken('conference-not-held'));
});
