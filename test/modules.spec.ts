import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Test } from '@nestjs/testing';
import { MODULES } from '../src/app.module';
import { readConfig } from '../src/config';
import { InstanceModule } from '../src/instance.module';
import { LocalIssuer } from '../src/shared/auth/local-issuer';
import { RelayPool } from '../src/shared/events/event-relay.settings';
import { makeLogger } from '../src/shared/operation/logger';
import { SharedModule } from '../src/shared/shared.module';
import { admin, cloneDatabase } from './support/database';

const root = join(__dirname, '..');
const folderOf = (module: { name: string }) =>
  module.name
    .replace(/Module$/, '')
    .replace(/(?<!^)([A-Z])/g, '-$1')
    .toLowerCase();

type Rule = { name: string };
const rules = (jest.requireActual('../.dependency-cruiser.cjs') as { forbidden: Rule[] }).forbidden;
/** Who may read whom, from the names of the rules. */
const readers = new Map(
  rules
    .map(({ name }) => /^(.+?)-reads-(.+)$/.exec(name))
    .filter((found) => found !== null)
    .map(([, from, to]) => [from!, to === 'nobody' ? [] : to!.split('-and-')]),
);
const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));

it('the table of readers names every module there is', () => {
  expect([...readers.keys()].sort()).toEqual(readdirSync(join(root, 'src/modules')).sort());
  expect([...readers.keys()].sort()).toEqual(MODULES.map(folderOf).sort());
});

it.each(MODULES.map((module) => [folderOf(module), module] as const))(
  '%s boots without the modules it may not read',
  async (name, module) => {
    const known = readers.get(name)!;
    const app = Test.createTestingModule({
      imports: [
        InstanceModule.for({
          config: readConfig({}),
          databaseUrl: 'postgres://nobody@127.0.0.1/none',
          secret: 'no secret is needed to put modules together',
          logger: makeLogger('silent'),
          localIssuer: await LocalIssuer.open(),
          offline: true,
        }),
        SharedModule,
        module,
      ],
    });
    const compiled = await app.compile();
    const loaded = new Set<string>();
    for (const { metatype } of compiled['container'].getModules().values()) loaded.add(metatype.name);
    const others = MODULES.filter((other) => loaded.has(other.name) && other !== module).map(folderOf);
    expect(others.filter((other) => !known.includes(other))).toEqual([]);
    expect(loaded).toContain(module.name);
    await compiled.get(RelayPool).end();
  },
);

/** Whose the schemas are; `platform` is common ground (docs/adr/0002). */
const SCHEMAS: Record<string, string> = {
  cases: 'case',
  consent: 'consent',
  assessment: 'assessment',
  network: 'network',
  service_plan: 'service-plan',
  quality_audit: 'quality-audit',
  retention: 'retention',
};

it('every table lies in the schema of a module, or on common ground', async () => {
  expect(Object.values(SCHEMAS).sort()).toEqual([...readers.keys()].sort());
  const database = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
  try {
    const { rows } = await admin(database.url, (c) =>
      c.query<{ schema: string }>(
        `select distinct table_schema as schema from information_schema.tables
         where table_schema not in ('pg_catalog', 'information_schema') and table_schema not like 'graphile%'`,
      ),
    );
    expect(rows.map(({ schema }) => schema).sort()).toEqual([...Object.keys(SCHEMAS), 'platform'].sort());
  } finally {
    await database.drop();
  }
});

it('no module speaks SQL to the tables of another', () => {
  // However it is written, and whether the table is named or put in by a template.
  const spoken = /\b(?:from|join|into|update|table)\s+(?:only\s+)?"?(\w+)"?\.["\w$]/gi;
  const crossings: string[] = [];
  let heard = 0;
  for (const file of sources('src/modules')) {
    const module = file.split(sep)[2]!;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, schema] of text.matchAll(spoken)) {
      const owner = SCHEMAS[schema!.toLowerCase()];
      if (owner === module) heard += 1;
      else if (owner) crossings.push(`${file} → ${schema}`);
    }
    // Who may see a case: the case module keeps it, all others ask CaseAccess.
    if (module !== 'case' && /\b(from|join|into|update)\s+platform\.case_access\b/i.test(text))
      crossings.push(`${file} → platform.case_access`);
  }
  expect(heard).toBeGreaterThan(100);
  expect(crossings).toEqual([]);
});
