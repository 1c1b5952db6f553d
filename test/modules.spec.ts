import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { MODULES } from '../src/app.module';
import { readConfig } from '../src/config';
import { InstanceModule } from '../src/instance.module';
import { LocalIssuer } from '../src/shared/auth/local-issuer';
import { RelayPool } from '../src/shared/events/event-relay';
import { makeLogger } from '../src/shared/operation/logger';
import { SharedModule } from '../src/shared/shared.module';

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

it('no module speaks SQL to the tables of another', () => {
  const owners = new Map<string, string>();
  for (const file of readdirSync(join(root, 'migrations')))
    for (const [, table] of readFileSync(join(root, 'migrations', file), 'utf8').matchAll(/create table (\w+\.\w+)/g))
      owners.set(table!, ({ cases: 'case' }[table!.split('.')[0]!] ?? table!.split('.')[0]!).replace('_', '-'));
  expect(owners.size).toBeGreaterThan(20);
  // Who may see a case: the case module keeps it, all others ask CaseAccess.
  owners.set('platform.case_access', 'case');
  const crossings: string[] = [];
  for (const file of sources('src/modules')) {
    const text = readFileSync(join(root, file), 'utf8');
    const module = file.split('/')[2]!;
    for (const [table, owner] of owners)
      if (owner !== module && new RegExp(`\\b(from|join|into|update)\\s+${table.replace('.', '\\.')}\\b`).test(text))
        crossings.push(`${file} → ${table}`);
  }
  expect(crossings).toEqual([]);
});
