import { randomUUID } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SignJWT, createRemoteJWKSet, exportJWK, generateKeyPair } from 'jose';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { TokenVerifier, TrustedIssuer } from '../src/shared/auth/token-verifier';
import { RelayPool } from '../src/shared/events/event-relay.settings';
import { Answer } from '../src/shared/http/answer';
import { Operation, Public } from '../src/shared/http/operation';
import { type Lotse, startLotse } from './support/lotse';

const ISSUER = 'https://sso.example/realms/help';
const AUDIENCE = 'lotse-api';
const CLAIMS = { roles: 'realm_access.roles', tenant: 'tenant', teams: 'team', provider: 'provider_id' };
const [home] = demoTenants;
const now = () => Math.floor(Date.now() / 1000);

type Key = Awaited<ReturnType<typeof keyOf>>;
async function keyOf(alg: string, more: object = {}) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, ...more });
  const kid = randomUUID();
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An issuer on the network, whose keys change and whose answers may fail. */
class NetworkIssuer {
  keys: Key[] = [];
  asked = 0;
  broken: false | 'status' | 'silence' | 'nonsense' = false;
  private server: Server;

  async start(): Promise<void> {
    this.server = createServer((_req, res) => {
      this.asked += 1;
      if (this.broken === 'silence') return;
      if (this.broken === 'status') res.statusCode = 500;
      res.setHeader('content-type', 'application/json');
      res.end(this.broken === 'nonsense' ? '<html>' : JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }
  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
  /** A verifier that trusts it, as src/instance.module.ts makes it; short waits. */
  verifier(more: { cooldownDuration?: number; knowsTenant?: (id: string) => Promise<boolean> } = {}): TokenVerifier {
    const url = new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/certs`);
    const keys = createRemoteJWKSet(url, { cooldownDuration: more.cooldownDuration ?? 30_000, timeoutDuration: 300 });
    return new TokenVerifier(
      new TrustedIssuer(ISSUER, AUDIENCE, keys, CLAIMS, more.knowsTenant ?? (async (id) => id === home.id)),
    );
  }
}

type Told = { key: Key; claims?: object; header?: object; expires?: number; subject?: string };
const token = ({ key, claims = {}, header = {}, expires = now() + 600, subject = 'somebody' }: Told) =>
  new SignJWT({ typ: 'Bearer', realm_access: { roles: ['case_manager'] }, tenant: home.id, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setExpirationTime(expires)
    .sign(key.privateKey);

const issuer = new NetworkIssuer();
beforeAll(() => issuer.start());
afterAll(() => issuer.stop());
beforeEach(() => {
  issuer.broken = false;
  issuer.asked = 0;
});

describe('keys of an issuer on the network', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('%s is accepted', async (alg) => {
    const key = await keyOf(alg);
    issuer.keys = [key];
    expect(await issuer.verifier().verify(await token({ key }))).toMatchObject({
      subject: 'somebody',
      tenantId: home.id,
    });
  });

  it.each(['RS384', 'RS512', 'PS384', 'PS512', 'ES384', 'ES512'])('%s is not, though the key is known', async (alg) => {
    const key = await keyOf(alg);
    issuer.keys = [key];
    await expect(issuer.verifier().verify(await token({ key }))).rejects.toThrow('not allowed');
  });

  it('are asked for once, and again when a key is unknown, but not for every unknown one', async () => {
    const [old, young, invented] = [await keyOf('ES256'), await keyOf('ES256'), await keyOf('ES256')];
    issuer.keys = [old];
    const verifier = issuer.verifier({ cooldownDuration: 2000 });
    const early = await token({ key: old });
    await verifier.verify(early);
    for (let i = 0; i < 3; i++) await verifier.verify(await token({ key: old, subject: `user ${i}` }));
    expect(issuer.asked).toBe(1);

    // The issuer rotates its keys: the new one is found once the pause after the last question is over.
    issuer.keys = [young];
    await expect(verifier.verify(await token({ key: young }))).rejects.toThrow('no applicable key');
    expect(issuer.asked).toBe(1);
    await sleep(2100);
    await verifier.verify(await token({ key: young }));
    expect(issuer.asked).toBe(2);
    for (let i = 0; i < 10; i++)
      await expect(verifier.verify(await token({ key: invented, subject: `${i}` }))).rejects.toThrow(
        'no applicable key',
      );
    expect(issuer.asked).toBe(2);
    // Tokens of the key that is gone are worth nothing any more, but one verified before counts until it expires.
    await expect(verifier.verify(await token({ key: old, subject: 'late' }))).rejects.toThrow('no applicable key');
    expect(verifier.known(early)).toMatchObject({ subject: 'somebody' });
  });

  it('do not verify what another key signed under their name', async () => {
    const [real, forger] = [await keyOf('ES256'), await keyOf('ES256')];
    issuer.keys = [real];
    await expect(issuer.verifier().verify(await token({ key: { ...forger, kid: real.kid } }))).rejects.toThrow(
      'signature verification failed',
    );
  });

  it.each(['status', 'silence', 'nonsense'] as const)(
    'that cannot be had (%s) are no proof against the token',
    async (how) => {
      const key = await keyOf('ES256');
      issuer.keys = [key];
      issuer.broken = how;
      const verifier = issuer.verifier();
      const mine = await token({ key });
      await expect(verifier.verify(mine)).rejects.toMatchObject({ status: 503, code: 'unavailable' });
      issuer.broken = false;
      expect(await verifier.verify(mine)).toMatchObject({ subject: 'somebody' });
    },
  );
});

describe('a token', () => {
  let key: Key;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    key = await keyOf('EdDSA');
    issuer.keys = [key];
    verifier = issuer.verifier();
  });

  it('is known from its verification until it expires, and not longer', async () => {
    const [long, short] = [await token({ key }), await token({ key, expires: now() + 2 })];
    expect(verifier.known(long)).toBeUndefined();
    for (const one of [long, short]) await verifier.verify(one);
    expect(verifier.known(long)).toMatchObject({ subject: 'somebody' });
    expect(verifier.known(short)).toMatchObject({ subject: 'somebody' });
    expect(verifier.known(`${long}x`)).toBeUndefined();
    await sleep(2100);
    expect(verifier.known(short)).toBeUndefined();
    expect(verifier.known(long)).toMatchObject({ subject: 'somebody' });
  });

  it('carries roles, teams, provider and scopes, and nothing that is not one', async () => {
    const provider = randomUUID();
    const user = await verifier.verify(
      await token({
        key,
        subject: 'a',
        claims: {
          tenant: home.id.toUpperCase(),
          realm_access: { roles: ['case_manager', 'superuser', 7, 'constructor'] },
          team: ['hospital', 3],
          provider_id: provider.toUpperCase(),
          scope: 'directory:read toString everything',
        },
      }),
    );
    expect(user).toEqual({
      subject: 'a',
      tenantId: home.id,
      roles: ['case_manager'],
      teams: ['hospital'],
      scopes: ['directory:read'],
      providerId: provider,
    });
    const bare = await verifier.verify(
      await token({
        key,
        subject: 'b',
        claims: { realm_access: null, team: 'hospital', tenant: [home.id], provider_id: 'x' },
      }),
    );
    expect(bare).toEqual({
      subject: 'b',
      tenantId: home.id,
      roles: [],
      teams: ['hospital'],
      scopes: [],
      providerId: null,
    });
  });

  it.each([
    ['names no organisation', { claims: { tenant: undefined } }],
    ['names something that is no organisation', { claims: { tenant: "' or true --" } }],
    ['names an organisation that is not here', { claims: { tenant: randomUUID() } }],
    ['names nobody', { subject: '' }],
    ['names somebody with an endless name', { subject: 'x'.repeat(201) }],
    ['names somebody with a control character', { subject: 'a\u0000b' }],
    ['is an ID token', { claims: { typ: 'ID' }, header: { typ: 'JWT' } }],
    ['is a refresh token', { claims: { typ: 'Refresh' } }],
    ['has no type at all', { claims: { typ: undefined } }],
    ['expired more than a minute ago', { expires: now() - 70 }],
  ])('is refused when it %s', async (_, told) => {
    await expect(verifier.verify(await token({ key, ...told }))).rejects.toThrow();
  });

  it.each(['at+jwt', 'application/at+jwt', 'AT+JWT'])('of RFC 9068 (%s) needs no claim typ', async (typ) => {
    expect(
      await verifier.verify(await token({ key, claims: { typ: undefined }, header: { typ }, subject: typ })),
    ).toMatchObject({
      subject: typ,
    });
  });

  it('is not doubted because the database cannot say whether the organisation is here', async () => {
    const failing = issuer.verifier({ knowsTenant: () => Promise.reject(new Error('connection refused')) });
    await expect(failing.verify(await token({ key }))).rejects.toMatchObject({ status: 503 });
  });
});

describe('at the API', () => {
  @ApiExcludeController()
  @Controller({ path: 'test-doors', version: '1' })
  class DoorsController {
    @Get('undeclared')
    undeclared(): object {
      return { open: true };
    }
    @Public()
    @Get('public')
    open(): object {
      return { open: true };
    }
    @Get('declared')
    @Operation({ id: 'openDoor', summary: 'Open a door', scope: 'request:read' })
    declared(): Answer<object> {
      return new Answer({ open: true }, null);
    }
  }
  @Module({ controllers: [DoorsController] })
  class DoorsModule {}

  let lotse: Lotse;
  beforeAll(async () => {
    lotse = await startLotse({ modules: [DoorsModule] });
  });
  afterAll(() => lotse.close());
  const open = (path: string, authorization?: string) =>
    fetch(`${lotse.url}${path}`, { headers: authorization === undefined ? {} : { authorization } });

  it('a route that declares neither operation nor public is refused to everybody', async () => {
    const everybody = await lotse.asUser({
      subject: 'all',
      tenantId: home.id,
      roles: [
        'case_manager',
        'team_lead',
        'org_admin',
        'quality_auditor',
        'data_protection_officer',
        'network_manager',
      ],
    });
    expect((await open('/v1/test-doors/undeclared', `Bearer ${everybody.token}`)).status).toBe(403);
    expect((await open('/v1/test-doors/undeclared')).status).toBe(401);
    expect((await open('/v1/test-doors/declared', `Bearer ${everybody.token}`)).status).toBe(200);
    expect((await open('/v1/test-doors/declared')).status).toBe(401);
    expect((await open('/v1/test-doors/public')).status).toBe(200);
  });

  it('only a bearer token in the Authorization header counts', async () => {
    const { token: good } = await lotse.as('miss-cm');
    for (const [authorization, path = '/v1/test-doors/declared'] of [
      [`Basic ${Buffer.from(`x:${good}`).toString('base64')}`],
      [good],
      [`Bearer`],
      [`Bearer ${good} ${good}`],
      [`Bearer ${good},`],
      ['', `/v1/test-doors/declared?access_token=${good}`],
    ] as [string, string?][])
      expect((await open(path, authorization)).status).toBe(401);
    const { url } = lotse;
    expect((await fetch(`${url}/v1/test-doors/declared`, { headers: { cookie: `access_token=${good}` } })).status).toBe(
      401,
    );
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect((await open('/v1/test-doors/declared', `${scheme} ${good}`)).status).toBe(200);
  });

  it('an instance beside it in the same process knows only its own issuer', async () => {
    const beside = await startLotse({ databaseUrl: lotse.databaseUrl, modules: [DoorsModule] });
    try {
      const [mine, theirs] = [await lotse.as('miss-cm'), await beside.as('miss-cm')];
      const status = async ({ url }: Lotse, { token: one }: { token: string }) =>
        (await fetch(`${url}/v1/test-doors/declared`, { headers: { authorization: `Bearer ${one}` } })).status;
      expect([await status(lotse, mine), await status(beside, theirs)]).toEqual([200, 200]);
      expect([await status(lotse, theirs), await status(beside, mine)]).toEqual([401, 401]);
    } finally {
      await beside.close();
    }
    expect((await open('/v1/test-doors/declared', `Bearer ${(await lotse.as('mr-cm')).token}`)).status).toBe(200);
  });

  it('a database that cannot be reached is told as such, not as a wrong token', async () => {
    const pool = lotse.app.get(RelayPool);
    const query = pool.query.bind(pool);
    const { token: fresh } = await lotse.as('team-lead', { subject: randomUUID() });
    pool.query = (() => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }))) as never;
    try {
      const res = await open('/v1/test-doors/declared', `Bearer ${fresh}`);
      expect([res.status, res.headers.get('retry-after')]).toEqual([503, '2']);
      expect(await res.json()).toMatchObject({ code: 'unavailable', status: 503 });
    } finally {
      pool.query = query as never;
    }
    expect((await open('/v1/test-doors/declared', `Bearer ${fresh}`)).status).toBe(200);
  });
});
