import { randomUUID } from 'node:crypto';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './api.d.ts';
import { wrongMove } from './tell.mts';

export type Schemas = components['schemas'];
type Problem = Schemas['Problem'];

/** Somebody at work: a typed client of the API that carries their token. */
export type Person = Client<paths> & { readonly name: string; readonly subject: string };

/** Everybody Family X meets; the keys are those of the demo organisation (src/shared/auth/demo-organisation.ts). */
const NAMES = {
  'miss-cm': 'Miss CM',
  'mr-cm': 'Mr CM',
  'team-lead': 'The team lead',
  'network-manager': 'The network manager',
  'org-admin': 'The head of the organisation',
  auditor: 'The auditor',
  'mr-x': 'Mr X',
  'miss-x': 'Miss X',
  integration: 'The hospital information system',
  stranger: 'A case manager of another organisation',
} as const;
export type Key = keyof typeof NAMES;

/** Header of a POST that creates: repeated with the same key, it creates nothing twice. */
export const once = (key: string = randomUUID()) => ({ 'Idempotency-Key': `"${key}"` });
/** Header of a change: it holds only for what was read, so that nobody else's change is overwritten. */
export const at = ({ version }: { version: number }) => ({ 'If-Match': `"${version}"` });
/** Header of a step that is right whatever else changed meanwhile. */
export const asItIs = { 'If-Match': '*' };

type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer of a call that has to succeed. */
export async function done<T>(call: Call<T>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined) return data;
  throw new Error(`${response.status} from ${new URL(response.url).pathname}: ${JSON.stringify(error, null, 2)}`);
}

/** What a refusal must say: status and code, and for conditions or fields the codes of all that are named. */
export type Refusal = { status: number; code: string; unmet?: string[]; fields?: string[] };

/** A wrong move: has to be refused for exactly that reason, and is told with the API's own words. */
export async function refused(move: string, call: Call<unknown>, expected: Refusal): Promise<Problem> {
  const { error, response } = await call;
  const problem = (error ?? {}) as Partial<Problem>;
  const codes = (list: readonly { code: string }[] = []) => [...new Set(list.map(({ code }) => code))].sort();
  const { unmet, fields, ...first } = expected;
  const wanted = JSON.stringify({ ...first, unmet: unmet?.toSorted() ?? [], fields: fields?.toSorted() ?? [] });
  const got = JSON.stringify({
    status: response.status,
    code: problem.code,
    unmet: codes(problem.unmet),
    fields: codes(problem.errors),
  });
  if (got !== wanted) throw new Error(`"${move}"\n  should be refused with ${wanted}\n  but the answer was  ${got}`);
  wrongMove(move, problem as Problem);
  return problem as Problem;
}

/** Looks again until what was announced has arrived; events are delivered within a few seconds. */
export async function until<T>(what: string, look: () => Promise<T>, arrived: (seen: T) => boolean): Promise<T> {
  const patience = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (arrived(seen)) return seen;
    if (Date.now() > patience) throw new Error(`Waited in vain for: ${what}. Last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** Everybody, signed in. */
export class People {
  private readonly url: string;
  private readonly everybody: Map<string, Person>;
  /** Where tokens are handed out; null where everybody brought their own. */
  private readonly issuer: string | null;

  private constructor(url: string, everybody: Map<string, Person>, issuer: string | null) {
    this.url = url;
    this.everybody = everybody;
    this.issuer = issuer;
  }

  /** Signs everybody in: with the tokens given or, without any, with those of the instance's local issuer. */
  static async signIn(url: string, tokens: ReadonlyMap<string, string>): Promise<People> {
    const keys = Object.keys(NAMES) as Key[];
    const issuer = tokens.size > 0 ? null : url;
    const missing = keys.filter((key) => !issuer && !tokens.has(key));
    if (missing.length > 0) throw new Error(`These tokens are missing (--token key=…): ${missing.join(', ')}`);
    const signedIn = await Promise.all(
      keys.map(async (key): Promise<[string, Person]> => {
        const token = issuer ? await tokenFrom(issuer, { user: key }) : tokens.get(key)!;
        return [key, person(url, NAMES[key], token)];
      }),
    );
    return new People(url, new Map(signedIn), issuer);
  }

  as(key: Key): Person {
    return this.everybody.get(key)!;
  }

  /** Somebody who works for a provider; null where only the people named on the command line can sign in. */
  async ofProvider(providerId: string, name: string): Promise<Person | null> {
    if (!this.issuer) return null;
    return person(this.url, name, await tokenFrom(this.issuer, { user: 'provider', providerId }));
  }
}

/** The local issuer stands outside the contract: it exists for development only. */
async function tokenFrom(url: string, body: { user: string; providerId?: string }): Promise<string> {
  const answer = await fetch(`${url}/dev/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`${url} hands out no token for ${body.user} (${answer.status}). Bring your own: --token key=…`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

function person(baseUrl: string, name: string, token: string): Person {
  const client = createClient<paths>({
    baseUrl,
    fetch: patiently,
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
  });
  client.use(mergePatch);
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return Object.assign(client, { name, subject: claims.sub });
}

/** With `If-Match: *` nobody minds what changed meanwhile: where an event listener was quicker, the step is sent again. */
async function patiently(request: Request): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(request.clone());
    const overtaken = answer.status === 412 && request.headers.get('if-match') === '*';
    if (!overtaken || tries === 5) return answer;
  }
}

/** PATCH bodies are merge patches (RFC 7396). */
const mergePatch: Middleware = {
  onRequest({ request }) {
    if (request.method === 'PATCH') request.headers.set('content-type', 'application/merge-patch+json');
  },
};
