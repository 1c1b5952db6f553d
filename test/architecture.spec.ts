import 'reflect-metadata';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';
import { MODULES } from '../src/app.module';
import { LocalIssuerController } from '../src/shared/auth/local-issuer';
import { DomainEvent } from '../src/shared/domain/domain-event';
import { subscriberOf } from '../src/shared/events/on-event';
import { OPERATION, PUBLIC } from '../src/shared/http/operation';
import { SharedModule } from '../src/shared/shared.module';

type Class = { new (...args: never[]): object; name: string };

const root = join(__dirname, '..');
const modulesFolder = join(root, 'src/modules');
const moduleNames = readdirSync(modulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
/** The TypeScript files of the product below a folder, as paths from the root with slashes. */
const sources = (folder = 'src'): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
/** The classes that files of the product export, with the file each is in. */
function exportedClasses(files: string[]): { file: string; type: Class }[] {
  return files.flatMap((file) =>
    // The files are found, not listed: a new one is held to the rules at once.
    Object.values(jest.requireActual<Record<string, unknown>>(join(root, file)))
      .filter((value): value is Class => typeof value === 'function' && /^class\b/.test(String(value)))
      .map((type) => ({ file, type })),
  );
}
const declared = <T>(key: string) => (Reflect.getMetadata(key, SharedModule) as T[]) ?? [];
/** What the Nest modules declare: controllers, or providers. */
const inModules = (key: 'controllers' | 'providers'): Class[] =>
  [...MODULES.flatMap((module) => (Reflect.getMetadata(key, module) as Class[]) ?? []), ...declared<Class>(key)].filter(
    (value) => typeof value === 'function',
  );

describe('the walls between the modules (.dependency-cruiser.cjs)', () => {
  const config = join(root, '.dependency-cruiser.cjs');
  const shared = '../../../shared';
  /** Who may read whom, written down a second time (docs/adr/0002): every other pair is planted as wrong. */
  const mayRead: Record<string, string[]> = {
    consent: [],
    case: ['consent'],
    assessment: ['case', 'consent'],
    network: ['case', 'consent'],
    'service-plan': ['case', 'consent', 'assessment', 'network'],
    'quality-audit': [],
    retention: [],
  };
  /** Files of a small product: what each imports, and the rules that this breaks. */
  const tree: Record<string, { imports: string[]; breaks?: string[] }> = {
    // What is right: nothing here may be complained about.
    'src/shared/domain/domain-event.ts': { imports: [] },
    'src/shared/domain/aggregate-root.ts': { imports: [] },
    'src/shared/database/unit-of-work.ts': { imports: ['../domain/aggregate-root', 'typeorm'] },
    'src/shared/http/fields.ts': { imports: [] },
    'src/shared/http/answer.ts': { imports: [] },
    ...Object.fromEntries(
      moduleNames.flatMap((name) => [
        [`src/modules/${name}/events.ts`, { imports: ['../../shared/domain/domain-event'] }],
        [`src/modules/${name}/index.ts`, { imports: ['./application/service'] }],
        [
          `src/modules/${name}/domain/thing.entity.ts`,
          { imports: ['typeorm', 'uuid', 'node:crypto', '../events', `${shared}/domain/aggregate-root`] },
        ],
        [
          `src/modules/${name}/application/service.ts`,
          { imports: ['../domain/thing.entity', `${shared}/database/unit-of-work`, `${shared}/http/answer`] },
        ],
        [
          `src/modules/${name}/http/thing.controller.ts`,
          { imports: ['../application/service', `${shared}/http/fields`, '@nestjs/common'] },
        ],
      ]),
    ),
    // Parts inside the layers: the same walls.
    'src/modules/case/domain/part/thing.entity.ts': {
      imports: ['typeorm', '../thing.entity', '../../events', '../../../../shared/domain/aggregate-root'],
    },
    'src/modules/case/application/part/service.ts': { imports: ['../../domain/part/thing.entity', '../../../consent'] },
    'src/modules/case/http/part/thing.controller.ts': {
      imports: ['../../application/part/service', '../../../../shared/http/fields'],
    },
    'src/app.module.ts': { imports: ['./modules/case', './modules/case/events'] },
    ...Object.fromEntries(
      moduleNames.map((name) => [
        `src/modules/${name}/application/reads-all-it-may.ts`,
        { imports: [...mayRead[name]!.map((other) => `../../${other}`), '../../service-plan/events'] },
      ]),
    ),
    'src/modules/quality-audit/application/listener.ts': { imports: ['../../case/events', '../../consent/events'] },
    'src/shared/some.spec.ts': { imports: ['@nestjs/testing'] },
    // What is wrong, one thing each.
    ...Object.fromEntries(
      moduleNames.flatMap((from) =>
        moduleNames
          .filter((to) => to !== from && !mayRead[from]!.includes(to))
          .map((to) => [
            `src/modules/${from}/application/reads-${to}.ts`,
            { imports: [`../../${to}`], breaks: [`${from}-reads-${mayRead[from]!.join('-and-') || 'nobody'}`] },
          ]),
      ),
    ),
    'src/modules/case/application/bad-way.ts': {
      imports: ['../../consent/application/service'],
      breaks: ['case-reads-consent'],
    },
    'src/boot.ts': {
      imports: ['./modules/case/application/service'],
      breaks: ['modules-meet-at-their-faces'],
    },
    'src/shared/bad.ts': { imports: ['../modules/case'], breaks: ['shared-knows-no-module'] },
    'src/modules/bad-events/events.ts': {
      imports: ['../../shared/domain/domain-event', '../../shared/domain/aggregate-root'],
      breaks: ['events-import-nothing'],
    },
    'src/modules/case/domain/bad-database.ts': {
      imports: [`${shared}/database/unit-of-work`],
      breaks: ['domain-is-pure'],
    },
    'src/modules/case/domain/bad-framework.ts': { imports: ['@nestjs/common'], breaks: ['domain-is-pure'] },
    'src/modules/case/domain/bad-files.ts': { imports: ['node:fs'], breaks: ['domain-is-pure'] },
    'src/modules/case/application/bad-http.ts': {
      imports: ['../http/thing.controller'],
      breaks: ['application-knows-no-http'],
    },
    'src/modules/case/application/bad-fields.ts': {
      imports: [`${shared}/http/fields`],
      breaks: ['application-knows-no-http'],
    },
    'src/modules/case/application/bad-server.ts': { imports: ['fastify'], breaks: ['application-knows-no-http'] },
    'src/modules/case/http/bad-aggregate.ts': {
      imports: ['../domain/thing.entity'],
      breaks: ['http-sees-no-aggregate'],
    },
    'src/modules/case/domain/part/bad-database.ts': {
      imports: ['../../../../shared/database/unit-of-work'],
      breaks: ['domain-is-pure'],
    },
    'src/modules/case/application/part/bad-http.ts': {
      imports: ['../../http/part/thing.controller'],
      breaks: ['application-knows-no-http'],
    },
    'src/modules/case/application/part/bad-reader.ts': {
      imports: ['../../../assessment'],
      breaks: ['case-reads-consent'],
    },
    'src/modules/case/http/part/bad-aggregate.ts': {
      imports: ['../../domain/part/thing.entity'],
      breaks: ['http-sees-no-aggregate'],
    },
    'src/modules/case/http/bad-orm.ts': { imports: ['typeorm'], breaks: ['http-sees-no-aggregate'] },
    // A circle is told once.
    'src/shared/egg.ts': { imports: ['./hen'], breaks: ['no-circular'] },
    'src/shared/hen.ts': { imports: ['./egg'] },
    'src/shared/nowhere.ts': { imports: ['./nothing-is-here'], breaks: ['no-unresolved'] },
    'src/shared/tool.ts': { imports: ['supertest'], breaks: ['only-listed-packages'] },
    // There only because something else brings it.
    'src/shared/smuggled.ts': { imports: ['avvio'], breaks: ['only-listed-packages'] },
  };
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lotse-walls-'));
    for (const file of ['package.json', 'tsconfig.json']) writeFileSync(join(folder, file), textOf(file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [file, { imports }] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), [...imports.map((from) => `import '${from}';`), 'export {};', ''].join('\n'));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('every rule finds what it forbids, and nothing else is complained about', async () => {
    const { forbidden } = jest.requireActual<{ forbidden: { name: string; severity: string }[] }>(config);
    const planted = new Set(Object.values(tree).flatMap(({ breaks = [] }) => breaks));
    expect([...planted].sort()).toEqual(forbidden.map(({ name }) => name).sort());
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);

    const program = join(root, 'node_modules/.bin/depcruise');
    const output = await new Promise<string>((resolve) => {
      execFile(
        process.execPath,
        [program, '--config', config, '--output-type', 'json', 'src'],
        { cwd: folder, maxBuffer: 50_000_000, env: { PATH: process.env.PATH } },
        (_error, stdout, stderr) => resolve(stdout || stderr),
      );
    });
    const { summary } = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const found = [...new Set(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`))].sort();
    const expected = Object.entries(tree).flatMap(([file, { breaks = [] }]) => breaks.map((rule) => `${file} ${rule}`));
    expect(found).toEqual(expected.sort());
  }, 60_000);
});

describe('where things are', () => {
  it('every module shows its face: index.ts and events.ts', () => {
    expect(moduleNames.length).toBe(MODULES.length);
    const missing = moduleNames
      .flatMap((name) => ['index.ts', 'events.ts'].map((file) => `${name}/${file}`))
      .filter((file) => !existsSync(join(modulesFolder, file)));
    expect(missing).toEqual([]);
  });

  it('the environment is read in config.ts and by the launcher of the embedded database, nowhere else', () => {
    const readers = sources().filter((file) =>
      /process\s*(\?\.|\.|\[\s*['"])\s*env|\benv\b.*\bprocess['"]?;?$/m.test(textOf(file)),
    );
    expect(readers).toEqual(['src/config.ts', 'src/shared/database/embedded-postgres-programs.ts']);
  });
});

describe('events', () => {
  const files = moduleNames.map((name) => `src/modules/${name}/events.ts`);
  const events = exportedClasses(files).map(({ file, type }) => ({
    module: file.split('/')[2]!,
    name: type.name,
    type: (type as unknown as { type?: string }).type ?? '',
    isEvent: type.prototype instanceof DomainEvent,
  }));

  it('each has a type of its own, module.fact', () => {
    expect(events.length).toBeGreaterThan(30);
    expect(events.filter(({ isEvent }) => !isEvent)).toEqual([]);
    const misnamed = events.filter(
      ({ module, type }) => !new RegExp(`^${module.replaceAll('-', '_')}\\.[a-z]+(_[a-z]+)*$`).test(type),
    );
    expect(misnamed).toEqual([]);
    const types = events.map(({ type }) => type);
    expect(types.filter((type, i) => types.indexOf(type) !== i)).toEqual([]);
  });

  const parsed = files.map((file) => ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2023, true));

  it('they import nothing but DomainEvent', () => {
    for (const file of parsed) {
      const imports = file.statements.filter(ts.isImportDeclaration).map((statement) => statement.getText());
      expect([file.fileName, imports]).toEqual([
        file.fileName,
        [`import { DomainEvent } from '../../shared/domain/domain-event';`],
      ]);
      expect(file.text).not.toMatch(/\bimport\(|\brequire\(/);
    }
  });

  /** Fields whose name could be that of a text, and why they are none. */
  const CODES: Record<string, string> = {
    'RequestDeclined.reason': 'one of REASONS_TO_DECLINE',
    'ClosingStarted.reason': 'one of CLOSING_REASONS',
    'CaseClosed.reason': 'one of CLOSING_REASONS',
    'ReferralMoved.reason': 'one of the reasons a referral may end with',
    'CaseOpened.criteriaMetAndReasoned': 'yes or no',
    'ErasureDiscarded.reason': 'one of DISCARD_REASONS',
  };
  /** Fields that hold a word: of a list that the contract names, or the id of an account. Everything else is an id or a day. */
  const WORDS = new Set(
    [
      'kind type flow level channel outcome model phase from to decision perspective purpose urgency dimension region',
      'legalBasis fieldOfPractice servedFunction recipientKind catalogueVersion',
      'categories criteria perspectives missingPerspectivesExplained unmetCriteria ratedBy missingExplained problemAreas tasks',
      'responsible subject team reason ground',
      'parts part remaining cause',
    ].flatMap((line) => line.split(' ')),
  );
  const PERSONAL =
    /name|text|note|reason|comment|statement|wording|title|description|remark|concern|birth|address(?!ed)|phone|mail/i;

  it('no field is that of a name or a text: ids, codes, days, numbers and yes or no', () => {
    const fields: { of: string; name: string; type: string }[] = [];
    const look = (of: string, node: ts.Node): void => {
      const isField =
        (ts.isParameter(node) && ts.isConstructorDeclaration(node.parent)) ||
        ts.isPropertySignature(node) ||
        (ts.isPropertyDeclaration(node) && !node.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword));
      if (isField) fields.push({ of, name: node.name.getText(), type: node.type?.getText() ?? 'null' });
      const inside = ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node) ? node.name!.text : of;
      ts.forEachChild(node, (child) => look(inside, child));
    };
    for (const file of parsed) look('', file);
    expect(fields.length).toBeGreaterThan(150);
    const personal = fields.filter(
      ({ of, name }) => PERSONAL.test(name) && !name.endsWith('Id') && !(`${of}.${name}` in CODES),
    );
    expect(personal).toEqual([]);
    const free = fields.filter(
      ({ name, type }) =>
        /\bstring\b|\bunknown\b|\bany\b|\bobject\b|Record</.test(type) &&
        !/^id$|Ids?$|^at$|At$|^on$|On$|^valid(From|Until)$|ValidUntil$|Date$|^plannedEnd$/.test(name) &&
        !WORDS.has(name),
    );
    expect(free).toEqual([]);
    const known = new Set(fields.map(({ of, name }) => `${of}.${name}`));
    expect(Object.keys(CODES).filter((field) => !known.has(field))).toEqual([]);
  });
});

describe('listeners', () => {
  const subscriberOfClass = (type: Class) => subscriberOf(Object.create(type.prototype as object));
  const known = inModules('providers')
    .map((type) => ({ type, subscriber: subscriberOfClass(type) }))
    .filter(({ subscriber }) => subscriber !== null);

  it('every subscription has a name of its own, module.what, and hears something', () => {
    const names = known.map(({ subscriber }) => subscriber!.name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(
      names.filter((name) => !moduleNames.includes(name.split('.')[0]!) || !/^[a-z-]+\.[a-z-]+$/.test(name)),
    ).toEqual([]);
    expect(known.filter(({ subscriber }) => subscriber!.types.length === 0)).toEqual([]);
  });

  it('every listener is a provider of its module: none is left out by mistake', () => {
    const written = exportedClasses(sources('src/modules').filter((file) => file.includes('/application/')))
      .map(({ type }) => type)
      .filter((type) => subscriberOfClass(type) !== null);
    expect(written.map(({ name }) => name).sort()).toEqual(known.map(({ type }) => type.name).sort());
  });
});

it('days are cut where people agree on days: UTC is for instants alone', () => {
  expect(sources().filter((file) => textOf(file).includes(`time zone 'UTC'`))).toEqual(['src/shared/database/sql.ts']);
});

describe('routes', () => {
  const controllers = [...inModules('controllers'), LocalIssuerController as unknown as Class];
  const routes = controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .map((name) => ({ name: `${controller.name}.${name}`, handler: controller.prototype[name as never] as object }))
      .filter(({ handler }) => typeof handler === 'function' && Reflect.hasMetadata('method', handler))
      .map((route) => ({
        ...route,
        operation: Reflect.getMetadata(OPERATION, route.handler) as { id: string } | undefined,
        open: [route.handler, controller].some((target) => Reflect.getMetadata(PUBLIC, target) === true),
      })),
  );

  it('every controller written is one of a module', () => {
    const written = exportedClasses(sources().filter((file) => file.endsWith('.controller.ts')))
      .map(({ type }) => type)
      .filter((type) => Reflect.hasMetadata('__controller__', type));
    const known = controllers.map(({ name }) => name).filter((name) => name !== LocalIssuerController.name);
    expect(written.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('every route says what it needs: @Operation, or @Public', () => {
    expect(routes.length).toBeGreaterThan(120);
    const silent = routes.filter(({ operation, open }) => !operation === !open).map(({ name }) => name);
    expect(silent).toEqual([]);
    expect(
      routes
        .filter(({ open }) => open)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      ...['LocalIssuerController.jwks', 'LocalIssuerController.token', 'LocalIssuerController.users'],
      ...['OperationController.live', 'OperationController.metrics', 'OperationController.problem'],
      'OperationController.ready',
    ]);
    const ids = routes.flatMap(({ operation }) => operation?.id ?? []);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});
