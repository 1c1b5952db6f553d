// Writes docs/http/<tag>.http from the contract: a ready-made request for every operation. `--check` fails when one differs.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const dir = 'docs/http';
mkdirSync(dir, { recursive: true });

const resolve = (schema) => (schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)] : schema);
const FORMATS = { uuid: '{{id}}', date: '2026-03-01', 'date-time': '2026-03-01T09:30:00.000Z' };

const isId = (schema) => schema?.format === 'uuid' || schema?.items?.format === 'uuid';

function exampleOf(reference, depth = 0) {
  let schema = resolve(reference);
  if (schema?.allOf?.length === 1) schema = { ...resolve(schema.allOf[0]), ...schema, allOf: undefined };
  const choice = schema?.anyOf ?? schema?.oneOf;
  if (choice) return exampleOf(choice[0], depth);
  if (schema?.example !== undefined) return schema.example;
  if (schema?.enum) return schema.enum[0];
  const type = Array.isArray(schema?.type) ? schema.type[0] : schema?.type;
  if (type === 'object' || schema?.properties) {
    const required = new Set(schema.required ?? []);
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        // Optional ids are left out: they would name things that must be there first.
        .filter(([name, field]) => required.has(name) || (depth === 0 && !isId(resolve(field))))
        .map(([name, field]) => [name, exampleOf(field, depth + 1)]),
    );
  }
  if (type === 'array') return schema.minItems > 0 || depth < 2 ? [exampleOf(schema.items, depth + 1)] : [];
  if (type === 'integer' || type === 'number')
    return Math.max(schema.minimum ?? 0, Math.min(schema.default ?? 1, schema.maximum ?? 1));
  if (type === 'boolean') return true;
  return FORMATS[schema?.format] ?? 'text';
}

const VALUES = {
  edition: '1',
  perspective: 'client',
  subject: '5b1f0c52-7a44-4d6e-8f00-000000000001',
  code: 'nine-life-areas',
};
const files = new Map();
for (const [path, operations] of Object.entries(document.paths))
  for (const [method, operation] of Object.entries(operations)) {
    const tag = (operation.tags?.[0] ?? 'other').toLowerCase().replace(/\W+/g, '-');
    const headers = new Set((operation.parameters ?? []).filter((p) => p.in === 'header').map((p) => p.name));
    const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const lines = [
      `### ${operation.summary}`,
      `# ${operation.operationId} · scope ${operation['x-required-scope']}`,
      `${method.toUpperCase()} {{url}}${path.replace(/\{(\w+)\}/g, '{{$1}}')}`,
      'Authorization: Bearer {{token}}',
      ...(headers.has('Idempotency-Key') ? ['Idempotency-Key: "{{$uuid}}"'] : []),
      ...(headers.has('If-Match') ? ['If-Match: "1"'] : []),
      ...(type ? [`Content-Type: ${type}`, '', JSON.stringify(exampleOf(content.schema), null, 2)] : []),
      '',
    ];
    const known = files.get(tag) ?? { lines: [], variables: new Set(['id']) };
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) known.variables.add(name);
    known.lines.push(...lines);
    files.set(tag, known);
  }

let differs = false;
const check = process.argv.includes('--check');
const known = new Set([...files.keys()].map((tag) => `${tag}.http`));
for (const file of readdirSync(dir).filter((name) => !known.has(name))) {
  differs = true;
  if (!check) rmSync(join(dir, file));
}
for (const [tag, { lines, variables }] of files) {
  const file = join(dir, `${tag}.http`);
  // Everything a request names is defined here once; put in what earlier answers gave you.
  const text = [
    '@url = http://127.0.0.1:3000',
    ...[...variables].map((name) => `@${name} = ${VALUES[name] ?? '00000000-0000-7000-8000-000000000000'}`),
    '',
    '### A token of the local issuer (other users: GET {{url}}/dev/users)',
    '# @name login',
    'POST {{url}}/dev/token',
    'Content-Type: application/json',
    '',
    '{ "user": "miss-cm" }',
    '',
    '@token = {{login.response.body.access_token}}',
    '',
    ...lines,
  ].join('\n');
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // not there yet
  }
  if (before === text) continue;
  differs = true;
  if (!check) writeFileSync(file, text);
}
if (check && differs) {
  console.error('docs/http is not what the contract says: run "npm run contract"');
  process.exit(1);
}
