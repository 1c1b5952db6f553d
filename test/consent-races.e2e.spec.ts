import { setTimeout as sleep } from 'node:timers/promises';
import { demoUsers } from '../src/shared/auth/demo-organisation';
import { type ApiClient, type Lotse, type Reply, startLotse } from './support/lotse';
import { type OpenedCase, consentToTakePart, linkCases, openCase } from './support/story';

/**
 * CONS-2, CONS-3: whoever withdraws at the moment in which something leaves or is read is either too late or in time, and
 * never in between. In the log what left stands before the withdrawal, and no read that began after the answer to the
 * withdrawal brings anything. Without the locks (`setLock` in the repositories of consent) the first three fail.
 */

const home = demoUsers[0]!.tenantId;
const any = { ifMatch: '*' } as const;
const ROUNDS = 16;
const categories = ['identity', 'situation'];
let lotse: Lotse;
let missCm: ApiClient;
let mrCm: ApiClient;
let lead: ApiClient;
let there: { providerId: string; serviceId: string; provider: ApiClient };
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  [missCm, mrCm] = await Promise.all([lotse.as('miss-cm'), lotse.as('mr-cm')]);
  lead = await lotse.as('team-lead');
  const network = await lotse.as('network-manager');
  const { id: providerId } = await network.ok('post', '/v1/providers', { name: 'Family help' });
  const body = { providerId, name: 'Family help', problemAreas: ['family_problems'], region: 'Köln' };
  const { id: serviceId } = await network.ok('post', '/v1/services', body);
  there = { providerId, serviceId, provider: await lotse.as('provider', { providerId }) };
});
afterAll(() => lotse.close());

const office = () => ({ kind: 'organisation', id: there.providerId, name: 'Family help' });
const colleague = () => ({ kind: 'person', id: mrCm.subject, name: 'Mr CM' });
const release = async ({ caseId, personId }: OpenedCase, purpose: string, recipient: object, more: object = {}) => {
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
    ...{ personId, kind: 'disclosure', purpose, categories, recipients: [recipient], form: 'written', language: 'de' },
    ...{ textVersion: 'release-2026-01', givenBy: { kind: 'client', name: 'Y' } },
    ...{ consequencesExplained: true, withdrawalExplained: true, evidence: { kind: 'scan', reference: 'sheet 3' } },
    ...more,
  });
  return id as string;
};
const except = async ({ caseId, personId }: OpenedCase, purpose: string, recipient: object) => {
  const { id } = await missCm.ok('post', `/v1/cases/${caseId}/consent-exceptions`, {
    ...{ personId, kind: 'self_harm', legalBasis: 'STGB_34', facts: 'Speaks of ending it.', milderMeans: 'Talks.' },
    ...{ assessedWith: ['Team lead'], priorNotice: { given: false, reason: 'Danger' }, purpose, categories, recipient },
    validUntil: '2026-03-31',
  });
  return id as string;
};
const withdraw = (id: string) => missCm.post(`/v1/consents/${id}/withdrawal`, {}, any);
const reject = (id: string) => lead.post(`/v1/consent-exceptions/${id}/rejection`, { reason: 'No danger' }, any);
const conference = async ({ caseId }: OpenedCase) => {
  const body = { kind: 'case', plannedOn: '2026-03-10', agenda: ['How it goes on'] };
  return (await missCm.ok('post', `/v1/cases/${caseId}/conferences`, body)).id as string;
};

/** How many milliseconds ahead what leaves begins; it learns, so that both orders come up on machines of any speed. */
class Race {
  private lead = 0;
  readonly seen = { left: 0, refused: 0 };

  async run(going: () => Promise<Reply>, stopping: () => Promise<Reply>): Promise<[Reply, Reply]> {
    const after = async (ms: number, go: () => Promise<Reply>) => (await sleep(Math.max(ms, 0)), go());
    return Promise.all([after(-this.lead, going), after(this.lead, stopping)]);
  }

  /** In the log what left stands before the end of what it relied on; the next round leans to the other side. */
  async judge([going, stopping]: [Reply, Reply], sourceId: string, endOf: string): Promise<void> {
    expect(stopping.status).toBe(200);
    const { left, ended } = await order(sourceId, endOf);
    expect(left !== null).toBe(going.status < 300);
    if (left !== null) expect(left < ended).toBe(true);
    else expect(going.status).toBe(403);
    this.seen[left === null ? 'refused' : 'left'] += 1;
    this.lead += left === null ? 6 : -6;
  }

  end(): void {
    expect(this.seen.left).toBeGreaterThan(0);
    expect(this.seen.refused).toBeGreaterThan(0);
  }
}
/** The place in the log of what left with `sourceId` and of the end of what it relied on. */
async function order(sourceId: string, endOf: string): Promise<{ left: bigint | null; ended: bigint }> {
  const rows = await lotse.sql<{ type: string; seq: string }>(
    `select type, seq::text from platform.event where tenant_id = $1 and (aggregate_id = $2 and type = 'consent.information_passed'
       or aggregate_id = $3 and type in ('consent.withdrawn', 'consent.exception_ended')) order by seq`,
    [home, sourceId, endOf],
  );
  const seq = (passed: boolean) => rows.find(({ type }) => (type === 'consent.information_passed') === passed)?.seq;
  return { left: seq(true) ? BigInt(seq(true)!) : null, ended: BigInt(seq(false)!) };
}

describe('what leaves', () => {
  it('RACE: an invitation and the withdrawal of its release', async () => {
    const [of, race] = [await openCase(lotse, { client: null }), new Race()];
    for (let round = 0; round < ROUNDS; round++) {
      const [consentId, id] = [await release(of, 'conference', office()), await conference(of)];
      const invitation = { recipient: office(), role: 'Help', categories };
      const invite = () => missCm.post(`/v1/conferences/${id}/invitations`, invitation, any);
      await race.judge(await race.run(invite, () => withdraw(consentId)), id, consentId);
    }
    race.end();
  });

  it('RACE: an invitation and the rejection of the exception it relies on', async () => {
    const [of, race] = [await openCase(lotse, { client: null }), new Race()];
    for (let round = 0; round < ROUNDS; round++) {
      const [exceptionId, id] = [await except(of, 'conference', office()), await conference(of)];
      const invitation = { recipient: office(), role: 'Help', categories };
      const invite = () => missCm.post(`/v1/conferences/${id}/invitations`, invitation, any);
      await race.judge(await race.run(invite, () => reject(exceptionId)), id, exceptionId);
    }
    race.end();
  });

  it('RACE: the opening of a part for a linked case and the withdrawal of its release', async () => {
    const race = new Race();
    const of = await openCase(lotse, { client: null });
    for (let round = 0; round < ROUNDS; round++) {
      const other = await openCase(lotse, { as: 'mr-cm', client: null, intensity: 1 });
      const id = await linkCases(lotse, { as: 'miss-cm', ...of }, { as: 'mr-cm', ...other });
      const consentId = await release(of, 'joint_steering', colleague(), { categories: ['service_plan'] });
      const open = () => missCm.post(`/v1/case-links/${id}/openings`, { caseId: of.caseId, part: 'plan' }, any);
      await race.judge(await race.run(open, () => withdraw(consentId)), id, consentId);
    }
    race.end();
  });
});

describe('what is read', () => {
  /** Reads one after the other while `stop` runs; those that began after its answer find nothing. */
  async function readWhile(stop: () => Promise<Reply>, read: () => Promise<boolean>) {
    let stopped = Infinity;
    const found = { before: 0, after: 0 };
    const reader = async (start: number) => {
      await sleep(start);
      for (let i = 0; i < 6; i++) {
        const began = performance.now();
        const got = await read();
        if (began > stopped && got) throw new Error('Read after the withdrawal was answered');
        found[got ? 'before' : 'after'] += 1;
      }
    };
    const [stopping] = await Promise.all([
      sleep(8)
        .then(stop)
        .then((reply) => ((stopped = performance.now()), reply)),
      ...[0, 3, 6].map(reader),
    ]);
    expect(stopping.status).toBe(200);
    expect(await read()).toBe(false);
    return found;
  }
  const sum = (all: { before: number; after: number }[]) => {
    for (const side of ['before', 'after'] as const)
      expect(all.reduce((total, counts) => total + counts[side], 0)).toBeGreaterThan(0);
  };

  it('RACE: a provider reads while the release, the participation or the exception ends', async () => {
    const all = [];
    let of = await openCase(lotse, { client: null });
    const personId = of.personId;
    for (let round = 0; round < ROUNDS / 2; round++) {
      const kind = (['release', 'participation', 'exception'] as const)[round % 3]!;
      const relied =
        kind === 'exception' ? await except(of, 'referral', office()) : await release(of, 'referral', office());
      const { id } = await missCm.ok('post', `/v1/cases/${of.caseId}/referrals`, {
        ...{ serviceId: there.serviceId, purposeText: 'Help', categories, informationPackage: 'Lives alone.' },
        clientInformedOn: '2026-03-01',
      });
      await missCm.ok('post', `/v1/referrals/${id}/sending`, {}, any);
      const read = async () => (await there.provider.ok('get', `/v1/referrals/${id}`)).informationPackage !== null;
      const stop = () => (kind === 'exception' ? reject(relied) : withdraw(kind === 'release' ? relied : of.consentId));
      all.push(await readWhile(stop, read));
      await lotse.settled();
      if (kind === 'participation')
        of = { ...of, consentId: await consentToTakePart(lotse, { caseId: of.caseId, personId }) };
      if (kind === 'participation') await withdraw(relied);
    }
    sum(all);
  });

  it('RACE: the other side of a link reads while the release or the participation ends', async () => {
    const all = [];
    for (let round = 0; round < ROUNDS / 2; round++) {
      const of = await openCase(lotse, { client: null });
      const other = await openCase(lotse, { as: 'mr-cm', client: null });
      const id = await linkCases(lotse, { as: 'miss-cm', ...of }, { as: 'mr-cm', ...other });
      const consentId = await release(of, 'joint_steering', colleague(), { categories: ['service_plan'] });
      await missCm.ok('post', `/v1/case-links/${id}/openings`, { caseId: of.caseId, part: 'plan' }, any);
      const read = async () => (await mrCm.get(`/v1/cases/${of.caseId}/opened-parts`)).status === 200;
      all.push(await readWhile(() => withdraw(round % 2 ? consentId : of.consentId), read));
    }
    sum(all);
  });
});

it('leaves no event parked', async () => {
  await lotse.settled();
  expect(await lotse.sql('select 1 from platform.parked_event')).toEqual([]);
});
