// Writes docs/modules.md: who imports whom, and who listens to which event, read from the code. `--check` fails when it differs.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = 'src/modules';
const modules = readdirSync(root).sort();
const filesOf = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesOf(join(dir, entry.name))
      : /(?<!\.spec)\.ts$/.test(entry.name)
        ? [join(dir, entry.name)]
        : [],
  );
const eventsOf = (module) =>
  [
    ...readFileSync(join(root, module, 'events.ts'), 'utf8').matchAll(
      /export class (\w+) extends DomainEvent \{\s+static readonly type = '([^']+)'/g,
    ),
  ].map(([, name, type]) => ({ name, type }));
const all = new Map(modules.flatMap((module) => eventsOf(module).map((event) => [event.name, { ...event, module }])));

const reads = new Set();
const listens = [];
for (const module of modules)
  for (const file of filesOf(join(root, module))) {
    const text = readFileSync(file, 'utf8');
    for (const [, other] of text.matchAll(/from '(?:\.\.\/)+([a-z-]+)'/g))
      if (modules.includes(other) && other !== module) reads.add(`${module} ${other}`);
    const subscription = /@Subscription\('([^']+)'\)/.exec(text)?.[1];
    if (subscription)
      for (const [, name] of text.matchAll(/@OnEvent\((\w+)\)/g))
        listens.push({ module, subscription, event: all.get(name) });
  }

const id = (name) => name.replaceAll('-', '_');
const flows = [
  ...new Set(
    listens
      .filter(({ module, event }) => event && event.module !== module)
      .map(({ module, event }) => `${event.module} ${module}`),
  ),
].sort();
const lines = [
  '# Modules',
  '',
  'Made from the code by `npm run contract`. Solid: reads through `index.ts` in the caller’s transaction. Dotted: is told by events.',
  '',
  '```mermaid',
  'flowchart LR',
  ...modules.map((module) => `  ${id(module)}["${module}"]`),
  ...[...reads].sort().map((pair) => `  ${id(pair.split(' ')[0])} --> ${id(pair.split(' ')[1])}`),
  ...flows.map((pair) => `  ${id(pair.split(' ')[0])} -.-> ${id(pair.split(' ')[1])}`),
  '```',
  '',
  '| event | recorded by | heard by |',
  '|---|---|---|',
  ...[...all.values()].map(
    ({ name, type, module }) =>
      `| \`${type}\` | ${module} | ${[...new Set(listens.filter(({ event }) => event?.name === name).map(({ subscription }) => `\`${subscription}\``))].sort().join(', ') || '—'} |`,
  ),
  '',
];
const text = lines.join('\n');
const file = 'docs/modules.md';
const before = (() => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
})();
if (process.argv.includes('--check') && before !== text) {
  console.error(`${file} is not what the code says: run "npm run contract"`);
  process.exit(1);
}
if (before !== text) writeFileSync(file, text);
