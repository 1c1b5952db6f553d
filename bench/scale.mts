import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type pg from 'pg';
import {
  CASE_MANAGERS,
  asSuperuser,
  caseId,
  personId,
  providerId,
  seedCases,
  seedConsents,
  withoutTokenIndexes,
} from './seed.mts';
import {
  bootHere,
  emptyGround,
  headersFor,
  load,
  median,
  requestBody,
  startLotse,
  tokenFrom,
  user,
} from './support.mts';

// `npm run bench:scale`: what four requests cost among a million persons and cases, beside ten thousand, in one run.
const SMALL = 10_000;
const LARGE = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 1_000_000);
const ROUNDS = 8;
const SECONDS = 2;
/** Seconds for code to be compiled and caches to be filled. */
const WARM_UP = 6;
const CONNECTIONS = 16;
/** How much more a request may cost in the large organisation. */
const MOST = 1.5;

const require = createRequire(import.meta.url);
const { PersonVault } = require('../dist/src/modules/case/application/persons/person.vault.js') as {
  PersonVault: new (...args: never[]) => {
    newKey(id: string): Promise<{ key: object; keyNo: number; wrapped: Buffer }>;
    seal(identity: object, id: string, key: object): Buffer;
  };
};
const { PersonTokens } = require('../dist/src/modules/case/application/persons/person.blinding.js') as {
  PersonTokens: new (...args: never[]) => { blind(tokens: object[]): Promise<{ token: string }[]> };
};
const { tokensOf } = require('../dist/src/modules/case/domain/persons/person.tokens.js') as {
  tokensOf: (person: object) => { text: string }[];
};
const { runInContext, systemContext } = require('../dist/src/shared/context.js') as {
  runInContext: <T>(context: object, work: () => T) => T;
  systemContext: (tenantId: string, who: string, purpose: string) => object;
};

/** Numbers that look random and are the same for the same n. */
const pick = (n: number, what: string, among: number) =>
  createHash('sha1').update(`${n} ${what}`).digest().readUInt32BE() % among;

const FAMILY = names(20_000, 'family');
const GIVEN = names(2_000, 'given');

/** Made-up names of two to four syllables. */
function names(count: number, what: string): string[] {
  const [onsets, vowels, codas] = [
    'b d f g h j k l m n p r s t w sch st kr br tr fl gl'.split(' '),
    'a e i o u au ei ie ä ö ü'.split(' '),
    ['', '', 'n', 'r', 'l', 's', 'ch', 'rt', 'nd', 'tz', 'mm'],
  ];
  const of = (list: string[], n: number, part: string) => list[pick(n, what + part, list.length)]!;
  const found = new Set<string>();
  for (let n = 0; found.size < count; n += 1) {
    const syllables = 2 + pick(n, `${what} length`, 2);
    const name = Array.from(
      { length: syllables },
      (_, i) => of(onsets, n, `o${i}`) + of(vowels, n, `v${i}`) + of(codas, n, `c${i}`),
    ).join('');
    found.add(name[0]!.toUpperCase() + name.slice(1));
  }
  return [...found];
}

/** Names as frequent as German ones: the most frequent family name is that of one in a hundred. */
const often = (list: string[], n: number, what: string) =>
  list[Math.floor(list.length ** (pick(n, what, 1_000_000) / 1_000_000)) - 1]!;

const identity = (n: number) => ({
  familyName: often(FAMILY, n, 'family'),
  givenName: often(GIVEN, n, 'given'),
  birthDate: new Date(Date.UTC(1930, 0, 1 + pick(n, 'birth', 30_000))).toISOString().slice(0, 10),
  birthName: null,
  phone: null,
  email: null,
  addressLines: [],
  postalCode: null,
  town: null,
  identifiers: [],
});

/** A letter wrong, as it is when a name is heard. */
const misspell = (name: string, n: number) => {
  const at = 1 + pick(n, 'slip', name.length - 1);
  return name.slice(0, at) + 'aeiounrst'[pick(n, 'letter', 9)]! + name.slice(at + 1);
};

async function seedPersons(
  client: pg.Client,
  vault: InstanceType<typeof PersonVault>,
  blinding: InstanceType<typeof PersonTokens>,
  count: number,
) {
  const BATCH = 5_000;
  for (let from = 1; from <= count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from + 1) }, (_, i) => from + i);
    const [ids, sealed, keyNos, wrapped]: [string[], Buffer[], number[], Buffer[]] = [[], [], [], []];
    const [tokens, owners]: [string[], string[]] = [[], []];
    for (const n of numbers) {
      const [id, person] = [personId(n), identity(n)];
      const { key, keyNo, wrapped: key_ } = await vault.newKey(id);
      ids.push(id);
      sealed.push(vault.seal(person, id, key));
      keyNos.push(keyNo);
      wrapped.push(key_);
      for (const { token } of await blinding.blind(tokensOf(person))) {
        tokens.push(token);
        owners.push(id);
      }
    }
    await client.query(
      `insert into cases.person (tenant_id, id, version, sealed, key_no, wrapped_key, gender, languages, interpreter_needed, checked_version, recorded_by, recorded_at)
       select $1, id, 1, sealed, key_no, wrapped, 'not_stated', '{de}', false, 1, 'seed', now()
       from unnest($2::uuid[], $3::bytea[], $4::int[], $5::bytea[]) t(id, sealed, key_no, wrapped)`,
      [user.tenantId, ids, sealed, keyNos, wrapped],
    );
    await client.query(
      'insert into cases.person_token (tenant_id, token, person_id) select $1, token, id from unnest($2::bigint[], $3::uuid[]) t(token, id)',
      [user.tenantId, tokens, owners],
    );
  }
}

/** A running instance with that many persons, cases and consents. */
async function organisation(name: string, count: number): Promise<{ url: string; token: string; count: number }> {
  const begun = Date.now();
  const { env } = emptyGround(name);
  const instance = await bootHere(env);
  await runInContext(systemContext(user.tenantId, 'bench', 'case_management'), () =>
    asSuperuser(instance.databaseUrl, async (client) => {
      const [vault, blinding] = [instance.app.get(PersonVault), instance.app.get(PersonTokens)];
      await withoutTokenIndexes(client, () => seedPersons(client, vault, blinding, count));
      await seedCases(client, user, count, SMALL);
      await seedConsents(client, user, count);
    }),
  );
  await instance.stop();
  const url = await startLotse(env);
  console.log(
    `${count.toLocaleString('en')} persons, cases and consents seeded in ${((Date.now() - begun) / 1000).toFixed(0)} s`,
  );
  return { url, token: await tokenFrom(url), count };
}

type Organisation = Awaited<ReturnType<typeof organisation>>;
type Request = {
  name: string;
  method: 'GET' | 'POST';
  path: (of: Organisation) => string;
  body?: (of: Organisation) => object;
  /** How much more it may cost in the large organisation; null where nothing is promised. */
  most?: number | null;
};

const anybody = (count: number) => 1 + Math.floor(Math.random() * count);
const ownCase = (count: number) => CASE_MANAGERS * (1 + Math.floor(Math.random() * (count / CASE_MANAGERS)));
/** Every load asks for one of the user's cases; it changes from round to round. */
let asked = ownCase(SMALL);

const requests: Request[] = [
  {
    name: 'person search (misspelt names, year of birth)',
    method: 'POST',
    path: () => '/v1/persons/search',
    body: ({ count }) => {
      const n = anybody(count);
      const { familyName, givenName, birthDate } = identity(n);
      return { familyName: misspell(familyName, n), givenName, birthDate: birthDate.slice(0, 4) };
    },
  },
  {
    name: 'person search (family name, birth date)',
    method: 'POST',
    path: () => '/v1/persons/search',
    body: ({ count }) => {
      const { familyName, birthDate } = identity(anybody(count));
      return { familyName, birthDate };
    },
  },
  {
    name: 'duplicate check (possible duplicates of a person)',
    method: 'GET',
    path: ({ count }) => `/v1/persons/${personId(anybody(count))}/duplicates`,
  },
  {
    name: 'consent check',
    method: 'POST',
    path: () => `/v1/cases/${caseId(asked)}/consent-checks`,
    body: () => ({
      recipient: { kind: 'organisation', id: providerId(asked) },
      categories: ['identity', 'health'],
      purpose: 'referral',
    }),
  },
  { name: 'restricted case list (50 rows)', method: 'GET', path: () => '/v1/cases?limit=50' },
  {
    name: 'restricted case list by phase and status',
    method: 'GET',
    path: () => '/v1/cases?limit=50&phase=linking&status=active',
  },
  {
    name: 'restricted case list by the name of the client',
    method: 'POST',
    path: () => '/v1/cases/search',
    body: () => ({ text: identity(asked).familyName.slice(0, 4) }),
  },
  // Not promised: a new person is some 30 entries in an index of which each lands on another page.
  {
    name: 'request for a new person (duplicate check, and storing)',
    method: 'POST',
    path: () => '/v1/case-requests',
    body: ({ count }) => {
      const { familyName, givenName, birthDate } = identity(count + anybody(100_000_000));
      return requestBody({ familyName, givenName, birthDate });
    },
    most: null,
  },
];

const [small, large] = [await organisation('bench-small', SMALL), await organisation('bench-large', LARGE)];

let kept = true;
console.log(`\n${ROUNDS} rounds of ${SECONDS} s each, alternating, ${CONNECTIONS} connections\n`);
console.log(
  `| request | among ${SMALL.toLocaleString('en')} | among ${LARGE.toLocaleString('en')} | costs times | promised |`,
);
console.log('|---|---|---|---|---|');
for (const { name, method, path, body, most = MOST } of requests) {
  const rate = (of: Organisation, seconds = SECONDS) =>
    load({
      url: of.url,
      method,
      path: () => path(of),
      body: body && (() => body(of)),
      headers: () => headersFor(of.token),
      connections: CONNECTIONS,
      seconds,
    });
  for (const one of [small, large]) await rate(one, WARM_UP);
  const measured: { small: number; large: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    asked = ownCase(SMALL);
    // Who comes second finds the processor busy with what the first has left, so they take turns.
    const [first, second] = round % 2 === 0 ? [small, large] : [large, small];
    const [one, other] = [await rate(first), await rate(second)];
    measured.push(first === small ? { small: one, large: other } : { small: other, large: one });
  }
  const ratio = median(measured.map((m) => m.small / m.large));
  const holds = most === null || ratio <= most;
  kept &&= holds;
  const of = (which: 'small' | 'large') => `${median(measured.map((m) => m[which])).toFixed(0)}/s`;
  console.log(
    `| ${name} | ${of('small')} | ${of('large')} | ${ratio.toFixed(2)} | ${most === null ? '–' : `${most} ${holds ? 'kept' : 'MISSED'}`} |`,
  );
}
process.exit(kept ? 0 : 1);
