import { MODULES } from '../src/app.module';
import { PersonalData } from '../src/shared/privacy/personal-data';
import { SharedModule } from '../src/shared/shared.module';
import { admin, cloneDatabase } from './support/database';

type Provider = { useValue?: unknown };
const declared = [SharedModule, ...MODULES]
  .flatMap((module) => (Reflect.getMetadata('providers', module) ?? []) as Provider[])
  .map(({ useValue }) => useValue)
  .filter((value) => value instanceof PersonalData);
const tables = declared.flatMap(({ schema, tables }) =>
  Object.entries(tables).map(([name, table]) => ({ name: `${schema}.${name}`, ...table })),
);

let columns: { name: string; table: string; type: string; nullable: boolean }[];
beforeAll(async () => {
  const database = await cloneDatabase(process.env.LOTSE_TEST_SERVER!, process.env.LOTSE_TEST_TEMPLATE!);
  const found = await admin(database.url, (c) =>
    c.query<(typeof columns)[number]>(`
      select c.table_schema || '.' || c.table_name as table, c.column_name as name, c.udt_name as type, c.is_nullable = 'YES' as nullable
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
        and not exists (select 1 from pg_inherits where inhrelid = format('%I.%I', c.table_schema, c.table_name)::regclass)
      order by 1, c.ordinal_position`),
  );
  columns = found.rows;
  await database.drop();
});

describe('CONS-6 what is held about people is declared', () => {
  it('every column of every table, and none that is not there: a new one says what it holds in personal-data.ts', () => {
    expect(columns.length).toBeGreaterThan(300);
    const [there, said] = [
      columns.map(({ table, name }) => `${table}.${name}`),
      tables.flatMap(({ name, columns }) => Object.keys(columns).map((column) => `${name}.${column}`)),
    ];
    expect({
      undeclared: there.filter((column) => !said.includes(column)),
      gone: said.filter((column) => !there.includes(column)),
      twice: said.filter((column, i) => said.indexOf(column) !== i),
    }).toEqual({ undeclared: [], gone: [], twice: [] });
  });

  it('every way to whom a row is about leads through a column of the right type', () => {
    const typeOf = new Map(columns.map(({ table, name, type }) => [`${table}.${name}`, type]));
    for (const { name, of, columns: held } of tables) {
      for (const way of of)
        if (way.file !== 'nobody')
          expect([name, way.column, typeOf.get(`${name}.${way.column}`)]).toEqual([
            name,
            way.column,
            way.file === 'staff' ? 'text' : expect.stringMatching(/^_?uuid$/),
          ]);
      for (const [column, { kind, at }] of Object.entries(held))
        if (at || kind === 'person')
          expect([name, column, typeOf.get(`${name}.${column}`)]).toEqual([name, column, at ? 'jsonb' : 'uuid']);
    }
  });

  it('what is about nobody holds nothing that says who somebody is, but for the directory', () => {
    const wrong = tables
      .filter(({ of, retention }) => of.some(({ file }) => file === 'nobody') && retention !== 'directory')
      .flatMap(({ name, end, columns }) =>
        Object.entries(columns)
          .filter(([, { kind }]) => ['identifier', 'special', 'person', 'case'].includes(kind) && end === 'keep')
          .map(([column]) => `${name}.${column}`),
      );
    expect(wrong).toEqual([]);
  });

  it('what says something about people in a file is deleted or anonymised with it', () => {
    const kept = tables.filter(({ of, end }) => end === 'keep' && of.some(({ file }) => file !== 'nobody'));
    expect(kept.map(({ name }) => name)).toEqual([]);
    const blanked = tables.filter(({ columns }) => Object.values(columns).some(({ blank }) => blank !== undefined));
    expect(blanked.filter(({ end }) => end !== 'anonymise').map(({ name }) => name)).toEqual([]);
    // What stays of an anonymised row is its time and what an audit counted.
    const staying = tables
      .filter(({ end }) => end === 'anonymise')
      .flatMap(({ name, columns }) =>
        Object.entries(columns)
          .filter(([, { kind, blank }]) => blank === undefined && kind !== 'technical')
          .map(([column]) => `${name}.${column}`),
      );
    expect(staying.sort()).toEqual([
      'platform.event.purpose',
      'platform.event.recorded_at',
      'quality_audit.audit_result.result',
      'quality_audit.audit_result.rule',
      'quality_audit.audit_result.run_id',
    ]);
  });

  it('everything that is not technical has a name in both languages', () => {
    const nameless = tables.flatMap(({ name, columns }) =>
      Object.entries(columns)
        .filter(([, { kind, label }]) => kind !== 'technical' && (!label?.en.trim() || !label.de.trim()))
        .map(([column]) => `${name}.${column}`),
    );
    expect(nameless).toEqual([]);
  });
});
