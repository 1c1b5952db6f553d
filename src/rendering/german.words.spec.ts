import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALSO_IN_OWN_WORDS, CODED_FIELDS, GERMAN } from './german.words';
import { isCode, wordOf } from './personal-data-export.words';

type Schema = {
  $ref?: string;
  enum?: unknown[];
  maxLength?: number;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
} & Partial<Record<'allOf' | 'anyOf' | 'oneOf', Schema[]>>;
type Body = { content?: Record<string, { schema: Schema }> };
type Operation = { requestBody?: Body; responses: Record<string, Body> };
type Contract = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** Fields whose codes are in no record: in what order, and with which mark, a list was asked for. */
const IN_NO_RECORD = ['sort', 'flag'];

const contract = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Contract;
const operations = Object.values(contract.paths).flatMap((path) => Object.values(path));
const schemasOf = (bodies: readonly (Body | undefined)[]) =>
  bodies.flatMap((body) => Object.values(body?.content ?? {}).map(({ schema }) => schema));
/** What is answered; and what is sent, because records keep codes of it that are answered as text. */
const answered = schemasOf(
  operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, body]) => (status.startsWith('2') ? [body] : [])),
  ),
);
const sent = schemasOf(operations.map(({ requestBody }) => requestBody));

/** What takes more than this is no code: somebody writes it. */
const LONGEST_CODE = 200;
/** Fields that take words of people somewhere in the API. */
const written = new Set<string>();

/** The names of all fields that the schemas lead to, and the codes each may hold. */
function fieldsOf(schemas: readonly Schema[]): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const walk = (schema: Schema, field: string): void => {
    if (schema.$ref) {
      if (seen.has(`${schema.$ref} ${field}`)) return;
      seen.add(`${schema.$ref} ${field}`);
      return walk(contract.components.schemas[schema.$ref.split('/').at(-1)!]!, field);
    }
    if (!schema.enum && !schema.format && (schema.maxLength ?? 0) > LONGEST_CODE) written.add(field);
    for (const code of schema.enum ?? []) if (typeof code === 'string') fields.get(field)?.add(code);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      if (!fields.has(name)) fields.set(name, new Set());
      walk(inner, name);
    }
    const { items, additionalProperties: more } = schema;
    if (items) walk(items, field);
    if (typeof more === 'object') walk(more, field);
    for (const part of [schema.allOf, schema.anyOf, schema.oneOf].flatMap((parts) => parts ?? [])) walk(part, field);
  };
  for (const schema of schemas) walk(schema, '');
  return fields;
}
const names = [...fieldsOf(answered).keys()];
const coded = [...fieldsOf([...answered, ...sent])].filter(
  ([field, codes]) => codes.size > 0 && !IN_NO_RECORD.includes(field),
);

describe('GDPR 12, CONS-6: who asks for a copy of their data in German reads German', () => {
  it('every field and every code of the API has a German word', () => {
    expect([names.length > 600, coded.length > 80]).toEqual([true, true]);
    expect({
      fields: names.filter((name) => !Object.hasOwn(GERMAN, name)),
      codes: coded.flatMap(([field, codes]) =>
        [...codes].filter((code) => !Object.hasOwn(GERMAN, code)).map((code) => `${field}: ${code}`),
      ),
    }).toEqual({ fields: [], codes: [] });
  });

  it('every field of the API that holds codes is known to, also those in which people write as well', () => {
    expect(coded.map(([field]) => field).filter((field) => !CODED_FIELDS.has(field))).toEqual([]);
    const untold = coded.flatMap(([field, codes]) =>
      [...codes].filter((code) => !isCode(code, field)).map((code) => `${field}: ${code}`),
    );
    expect(untold).toEqual([]);
    expect(Object.keys(ALSO_IN_OWN_WORDS).filter((field) => !CODED_FIELDS.has(field))).toEqual([]);
    const both = [...CODED_FIELDS].filter((field) => written.has(field));
    expect(both.length).toBeGreaterThan(5);
    expect(both.filter((field) => !Object.hasOwn(ALSO_IN_OWN_WORDS, field))).toEqual([]);
  });

  it('a code that means something else in one field has a word for it there', () => {
    for (const own of Object.keys(GERMAN).filter((key) => key.includes(':'))) {
      const [field, code] = own.split(':') as [string, string];
      expect([own, isCode(code, field)]).toEqual([own, true]);
      expect([own, Object.hasOwn(GERMAN, code)]).toEqual([own, true]);
    }
    expect([wordOf('access', 'de'), wordOf('access', 'de', 'kind')]).toEqual(['Zugang', 'Auskunft']);
    expect([wordOf('outcome', 'de'), wordOf('outcome', 'de', 'level')]).toEqual(['Ergebnis', 'Ergebnisziel']);
  });

  it('codes of every form are words: with dashes, of laws, of days; in English they are what they say', () => {
    expect(wordOf('birthDate', 'en')).toBe('birth date');
    expect(wordOf('birthDate', 'de')).toBe('Geburtsdatum');
    expect(wordOf('must_be_secured_now', 'en')).toBe('must be secured now');
    expect(wordOf('must_be_secured_now', 'de')).toBe('muss sofort gesichert werden');
    expect(wordOf('KKG_4_3', 'de')).toBe('§ 4 Abs. 3 KKG');
    expect(wordOf('no-consent', 'de')).toBe('keine Einwilligung');
    expect(wordOf('MO', 'de')).toBe('Montag');
    // Not what every object has.
    expect(wordOf('constructor', 'de')).toBe('constructor');
  });

  it('what people wrote stays as it is, also where it reads like a code', () => {
    const told = (...pairs: string[]) => pairs.map((pair) => isCode(...(pair.split(' ') as [string, string])));
    expect(told('offen wish', 'max givenName', 'lift text', 'work concern', 'MO note')).not.toContain(true);
    expect(told('text reason', 'school purpose', 'offen status', 'toString kind')).not.toContain(true);
    expect(told('open status', 'moved reason', 'icd-10-gm codeSystem', 'STGB_34 legalBasis')).not.toContain(false);
    expect(told('own-account recordedBy')).toEqual([true]);
  });
});
