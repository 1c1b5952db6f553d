import fc from 'fast-check';
import { DailyJobs } from '../../src/shared/operation/daily-jobs';
import { type Command, command, expectAnswer } from './disclosure-command';
import { decide, except, give, invoke, leave, leaveOne, release, takePart, withdraw } from './disclosure-consents';
import {
  answer,
  draft,
  draftTo,
  open,
  openPart,
  send,
  sendOne,
  share,
  tell,
  tellOne,
  unlink,
} from './disclosure-flows';
import { any } from './disclosure-world';
import { agreementTerms, allSixMet } from './story';

const pass = (hours: number): Command =>
  command(`${hours} hours pass`, async ({ oracle }, { lotse }) => {
    oracle.now = new Date(Date.parse(oracle.now) + hours * 3_600_000).toISOString();
    lotse.at(oracle.now);
  });
const wait = fc.constantFrom(5, 14, 24, 25, 49).map(pass);
const night = fc.constant(
  command('a night passes', async ({ oracle }, { lotse }) => {
    oracle.now = `${oracle.dayIn(1)}T02:15:00.000Z`;
    lotse.at(oracle.now);
    await lotse.app.get(DailyJobs).runAll();
  }),
);

const course = fc.constantFrom('suspend', 'resume', 'close', 'reopen', 'sign').map((step) =>
  command(step, async (model, real) => {
    const { status, oracle } = model;
    const path = `/v1/cases/${real.caseId}`;
    const post = (name: string, body: object = {}) => real.missCm.post(`${path}/${name}`, body, any);
    if (step === 'suspend' && status === 'active') {
      if ((await post('suspension', { reason: 'Away', resubmitOn: oracle.dayIn(30) })).status < 300)
        model.status = 'suspended';
    } else if (step === 'resume' && status === 'suspended') {
      if ((await post('resumption')).status < 300) model.status = 'active';
    } else if (step === 'close' && status === 'active') {
      if ((await post('closure', { reason: 'deceased', note: 'By mistake' })).status < 300) model.status = 'closed';
    } else if (step === 'reopen' && status === 'closed') {
      const body = { reason: 'Alive after all', recheck: 'All six met', screening: allSixMet };
      if ((await post('reopening', body)).status < 300) model.status = 'reopened';
    } else if (step === 'sign' && status === 'reopened') {
      if (expectAnswer('agreement', await post('agreement', agreementTerms(real.lotse)), oracle.takesPart))
        model.status = 'active';
    }
  }),
);

const merge = fc.constant(
  command('merge the client into another record', async (model, real) => {
    const { id } = await real.missCm.ok('post', '/v1/persons', { familyName: 'Y' });
    const body = { survivorId: id, reason: 'The same person' };
    await real.missCm.ok('post', `/v1/persons/${model.clientId}/merge`, body, any);
    model.clientId = id as string;
  }),
);
const inert = fc.constant(
  command('medication is noted and handed out', async (model, real) => {
    const note = { need: 'Blood thinner', storage: 'Locked box', since: '2026-03-01' };
    const body = { ...note, mayAdminister: [{ name: 'Nurse', capacity: 'nursing_service' }] };
    const reply = await real.missCm.post(`/v1/cases/${real.caseId}/medication-notes`, body);
    if (!expectAnswer('note', reply, model.status !== 'closed')) return;
    const handout = { at: model.oracle.now, administeredBy: 'Nurse', what: 'Morning box' };
    await real.missCm.ok('post', `/v1/medication-notes/${reply.body.id}/handouts`, handout);
  }),
);

const RELEASED = { kind: 'disclosure', of: 'client', categories: 0, from: 0 } as const;
/** How half of the runs begin: a little is released for a few days, and something went out on each basis. */
export const PREPARED: readonly Command[] = [
  release({ ...RELEASED, purpose: 'referral', recipients: 0b001, days: 2 }),
  release({ ...RELEASED, purpose: 'coordination', recipients: 0b001, days: 1 }),
  release({ ...RELEASED, purpose: 'conference', recipients: 0b010, days: 1 }),
  release({ ...RELEASED, purpose: 'joint_steering', recipients: 0b100, days: 2 }),
  release({ ...RELEASED, of: 'child', purpose: 'coordination', recipients: 0b010, days: null }),
  invoke({ purpose: 'referral', of: 'client', categories: 0, recipient: 1, days: 5 }),
  draftTo({ provider: 0, categories: 0, informed: true }),
  sendOne(0),
  draftTo({ provider: 1, categories: 0, informed: false }),
  sendOne(0),
  tellOne('inform', 0, 0),
  tellOne('invite', 1, 0),
  openPart('goals'),
];

/** How every run ends: what nobody confirmed lapses, the days of the releases go by, and the client leaves. */
export const CODA: readonly Command[] = [
  pass(25),
  pass(24),
  release({ ...RELEASED, purpose: 'referral', recipients: 0b001, days: null }),
  leaveOne(0),
];

/** Every step there is, the telling ones more often. */
export const COMMANDS: fc.Arbitrary<Command> = fc.oneof(
  ...(
    [
      [6, give],
      [6, draft],
      [7, send],
      [4, withdraw],
      [8, wait],
      [4, except],
      [4, decide],
      [3, open],
      [3, tell('invite')],
      [3, tell('inform')],
      [2, takePart],
      [2, answer],
      [2, course],
      [1, leave],
      [1, night],
      [1, share],
      [1, unlink],
      [1, merge],
      [1, inert],
    ] as const
  ).map(([weight, arbitrary]) => ({ weight, arbitrary: arbitrary as fc.Arbitrary<Command> })),
);
