import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEMS } from './problem';

type Json = { [key: string]: unknown };
type Operations = Record<string, Json & { responses: Json; parameters?: Json[]; requestBody?: Json }>;

const text = (maxLength: number, more: Json = {}): Json => ({ type: 'string', maxLength, ...more });
const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457 problem document. `code` is the stable word to act on; `detail` is for people.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: text(500, { format: 'uri' }),
    title: text(200),
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
    detail: text(1000),
    instance: text(200),
    code: text(80, { pattern: '^[a-z0-9-]+$' }),
    traceId: text(32),
    errors: {
      type: 'array',
      maxItems: 1000,
      description: 'Every wrong field',
      items: {
        type: 'object',
        required: ['detail', 'code'],
        properties: { detail: text(500), code: text(80), pointer: text(500), parameter: text(100), in: text(20) },
      },
    },
    unmet: {
      type: 'array',
      maxItems: 50,
      description: 'Conditions that are not met yet',
      items: { type: 'object', required: ['code', 'detail'], properties: { code: text(80), detail: text(1000) } },
    },
  },
  additionalProperties: true,
};

/** Headers of every answer, kept once in the components. */
const HEADERS: Record<string, Json> = {
  RateLimit: {
    description: 'What is left of the quota (draft-ietf-httpapi-ratelimit-headers)',
    schema: text(200),
    example: '"minute";r=1199;t=60',
  },
  'RateLimit-Policy': {
    description: 'The quota (draft-ietf-httpapi-ratelimit-headers)',
    schema: text(200),
    example: '"minute";q=1200;w=60',
  },
  'Access-Control-Allow-Origin': { description: 'Present for origins on the allow-list only', schema: text(500) },
  'Lotse-Disputed': {
    description:
      'Present where records in the answer are disputed (GDPR 16, 18): their ids, separated by commas; `GET /v1/data-disputes?recordId=` has what is said against them',
    schema: text(8000),
    example: '018f3c1e-7a52-7c11-b1d2-2f0c9a4f1e77',
  },
  'Retry-After': {
    description: 'Seconds to wait',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 3600 },
  },
};
const headers = (...names: string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
const everywhere = headers('RateLimit', 'RateLimit-Policy', 'Access-Control-Allow-Origin');
const describe: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'No valid token',
  403: 'Not allowed to this role, purpose, or without consent',
  404: 'Not there, or not visible',
  409: 'A rule forbids the step; `code` names it, `unmet` what is missing',
  412: 'Changed by somebody else since the ETag',
  413: 'Body over 1 MiB',
  415: 'Media type not supported',
  422: 'Some fields are not valid; `errors` names each',
  428: 'If-Match is missing',
  429: 'Too many requests',
  500: 'A fault on our side; nothing was stored',
};

function problem(status: number, code: keyof typeof PROBLEMS): Json {
  const { title, detail } = PROBLEMS[code];
  return {
    description: describe[status],
    headers: { ...everywhere, ...(status === 429 ? headers('Retry-After') : {}) },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: {
          type: `https://lotse.example/problems/${code}`,
          title: title.en,
          status,
          detail: detail.en,
          instance: 'urn:request:3f6c',
          code,
        },
      },
    },
  };
}
const CODES: Record<number, keyof typeof PROBLEMS> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'already-exists',
  412: 'precondition-failed',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  422: 'validation-error',
  428: 'precondition-required',
  429: 'quota-exceeded',
  500: 'internal',
};

/** The parts of the contract in the order of the help process; controllers name them in any case of letters. */
const TAGS: readonly { name: string; description: string; from: readonly string[] }[] = [
  {
    name: 'Requests',
    description: 'First contact, acute danger, screening, decline (CASE-1 to CASE-4)',
    from: ['requests'],
  },
  { name: 'Persons', description: 'Persons, duplicates and their merging (CASE-1)', from: ['persons'] },
  {
    name: 'Case',
    description: 'Agreement, phases, status, responsibility, linked cases (CASE-5 to CASE-11)',
    from: ['case'],
  },
  {
    name: 'Joint steering',
    description: 'Parts of a case opened to another organisation, for a purpose and a time (CASE-11)',
    from: ['joint steering'],
  },
  {
    name: 'Transfer',
    description: 'Cases handed over with acceptance, in the house and to another organisation (CASE-12)',
    from: ['transfer'],
  },
  { name: 'Journal', description: 'Activities with minutes and cost (CASE-8)', from: ['journal'] },
  {
    name: 'Gatekeeping',
    description: 'Decisions on collectively funded services (CASE-13)',
    from: ['gatekeeping'],
  },
  {
    name: 'Medication',
    description: 'Needs, storage, who may administer, what was administered (CASE-14)',
    from: ['medication'],
  },
  { name: 'Follow-ups', description: 'Due dates and the worklist (CASE-9)', from: ['follow-ups'] },
  { name: 'Staff', description: 'Qualification and caseload (CASE-7)', from: ['staff'] },
  {
    name: 'Consent',
    description: 'Consents, withdrawal, check, disclosure register (CONS-1 to CONS-5)',
    from: ['consent'],
  },
  {
    name: 'Data subjects',
    description: 'What persons may ask about their own data, and what follows (CONS-6)',
    from: ['data subjects'],
  },
  {
    name: 'Assessment',
    description: 'Instruments, perspectives side by side, agreed result (ASMT-1 to ASMT-5)',
    from: ['assessment'],
  },
  {
    name: 'Service plan',
    description: 'Goals, measures, agreement, goal attainment (PLAN-1 to PLAN-3, PLAN-7)',
    from: ['service plan'],
  },
  { name: 'Conferences', description: 'Planning meetings of all parties (PLAN-4)', from: ['conferences'] },
  { name: 'Referrals', description: 'From asking a provider to confirmed help (PLAN-5)', from: ['referrals'] },
  { name: 'Monitoring', description: 'Delivered as agreed? Effect? Decision (PLAN-6)', from: ['monitoring'] },
  { name: 'Reviews', description: 'Planned checks of the plan (PLAN-6)', from: ['reviews'] },
  { name: 'Evaluations', description: 'Rated by all parties, then fixed (PLAN-8)', from: ['evaluations'] },
  { name: 'Network', description: 'Directory of providers and services (NET-1)', from: ['network: directory'] },
  {
    name: 'Quality audit',
    description: 'Standards as data, automatic rules, audit runs (QA-1 to QA-3)',
    from: ['qualityaudit'],
  },
  {
    name: 'Retention',
    description: 'How long what is kept, legal holds, erasure by two people, processing activities (CONS-6)',
    from: ['retention'],
  },
  { name: 'Operation', description: 'Running the service: events that could not be delivered', from: ['operation'] },
];

/** What may stand in a path: UUIDs, numbers of editions, words and subjects. */
const pathSchema = (name: string): Json =>
  /^id$|Id$/.test(name)
    ? { type: 'string', format: 'uuid', maxLength: 36 }
    : name === 'edition'
      ? { type: 'integer', format: 'int32', minimum: 1, maximum: 100_000 }
      : { type: 'string', minLength: 1, maxLength: 200 };

/** Adds to every operation what all of them have: problems, rate limits, closed request bodies, merge-patch. */
function complete(document: OpenAPIObject): OpenAPIObject {
  const schemas = ((document.components ??= {}).schemas ??= {}) as Record<string, Json>;
  schemas.Problem = problemSchema;
  Object.assign(document.components as Json, {
    headers: HEADERS,
    responses: Object.fromEntries(
      Object.entries(CODES).map(([status, code]) => [`Problem${status}`, problem(Number(status), code)]),
    ),
  });
  const open: string[] = [];
  for (const [address, path] of Object.entries(document.paths) as unknown as [string, Operations][])
    for (const [method, operation] of Object.entries(path)) {
      for (const parameter of operation.parameters ?? [])
        if (parameter.in === 'path') parameter.schema = pathSchema(String(parameter.name));
      const sent = (operation.parameters ?? []).filter((p) => p.in === 'header').map((p) => p.name);
      const body = operation.requestBody as { content: Record<string, { schema: { $ref?: string } }> } | undefined;
      const statuses = [400, 401, 403, 404, 422, 429, 500];
      // What stands at an address of its own may be restricted (GDPR 18).
      if (method !== 'get' || operation.responses[409] || address.includes('{')) statuses.push(409);
      if (sent.includes('If-Match')) statuses.push(412, 428);
      if (operation.responses[412]) statuses.push(412);
      if (method !== 'get') statuses.push(413, 415);
      for (const status of statuses.sort((a, b) => a - b))
        operation.responses[status] = { $ref: `#/components/responses/Problem${status}` };
      for (const [status, response] of Object.entries(operation.responses) as [string, Json][])
        if (status.startsWith('2'))
          response.headers = {
            ...everywhere,
            ...(method === 'get' ? headers('Lotse-Disputed') : {}),
            ...(response.headers as Json),
          };
      if (!body) continue;
      if (method === 'patch') body.content = { 'application/merge-patch+json': body.content['application/json']! };
      const ref = Object.values(body.content)[0]?.schema.$ref;
      if (ref) open.push(ref.split('/').at(-1)!);
    }
  // Request bodies are closed: an unknown field is an error, never a silent drop.
  const seen = new Set<string>();
  while (open.length > 0) {
    const name = open.pop()!;
    if (seen.has(name) || !schemas[name]) continue;
    seen.add(name);
    schemas[name].additionalProperties = false;
    for (const [, found] of JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g)) open.push(found!);
  }
  return document;
}

/** The contract, from the decorators: OpenAPI 3.1 (canonical) or 3.0 (for older generators). */
export function openApiDocument(app: NestFastifyApplication, version: '3.1.0' | '3.0.3'): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion(version)
    .setTitle('Lotse')
    .setDescription(
      'Open REST API for Care and Case Management after the DGCC guidelines: from the first contact to the evaluated end of the help process.',
    )
    .setVersion('0.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This instance')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'Access token (RFC 9068 or Keycloak), following RFC8725: RS256, PS256, ES256 or EdDSA',
      },
      'bearer',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (_c, method) => method });
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as Operations))
      operation.tags = ((operation.tags as string[] | undefined) ?? []).map(
        (tag) => TAGS.find(({ from }) => from.includes(tag.toLowerCase()))?.name ?? tag,
      );
  document.tags = TAGS.map(({ name, description }) => ({ name, description }));
  document.info.contact = { name: 'The maintainers of Lotse' };
  return complete(document);
}

/** Throws when somebody declares an operation twice; used at start. */
export function requireUniqueOperations(document: OpenAPIObject): void {
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path as Record<string, { operationId?: string }>).map((o) => o.operationId),
  );
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`operationId ${twice} is used twice`);
}
