/** Who may read whom (docs/adr/0002). Anything not listed is forbidden; events.ts of every module is open to all. */
const readers = {
  consent: [],
  case: ['consent'],
  assessment: ['case', 'consent'],
  network: ['case', 'consent'],
  'service-plan': ['case', 'consent', 'assessment', 'network'],
  'quality-audit': [],
  retention: [],
};
const EVENTS = '^src/modules/[^/]+/events\\.ts$';
const rules = Object.entries(readers).map(([from, to]) => ({
  name: `${from}-reads-${to.join('-and-') || 'nobody'}`,
  comment: `${from} may read ${to.join(', ') || 'no other module'} through index.ts`,
  severity: 'error',
  from: { path: `^src/modules/${from}/` },
  to: {
    path: '^src/modules/',
    pathNot: [EVENTS, `^src/modules/${from}/`, ...to.map((m) => `^src/modules/${m}/index\\.ts$`)],
  },
}));

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'modules-meet-at-their-faces',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '^src/modules/', pathNot: ['^src/modules/[^/]+/index\\.ts$', EVENTS] },
    },
    {
      name: 'shared-knows-no-module',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'events-import-nothing',
      severity: 'error',
      from: { path: EVENTS },
      to: { pathNot: '^src/shared/domain/domain-event\\.ts$' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [
          '^src/modules/[^/]+/domain/',
          EVENTS,
          '^src/shared/domain/',
          'node_modules/typeorm/',
          // Ids are made by the aggregate.
          'node_modules/uuid/',
          '^crypto$',
          '^node:crypto$',
        ],
      },
    },
    {
      name: 'application-knows-no-http',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/application/' },
      to: {
        path: [
          '^src/modules/[^/]+/http/',
          'node_modules/(fastify|@nestjs/swagger|class-validator)/',
          '^src/shared/http/(operation|problem|server|fields)',
        ],
      },
    },
    {
      name: 'http-sees-no-aggregate',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/http/' },
      to: { path: ['^src/modules/[^/]+/domain/.+\\.entity\\.ts$', 'node_modules/typeorm/'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'only-listed-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
