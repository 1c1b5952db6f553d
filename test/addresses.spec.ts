import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = (folder: string, wanted: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => wanted.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));

const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Record<string, Record<string, object>> };
const answers = (path: string, method?: string) =>
  paths[path] !== undefined && (method === undefined || method.toLowerCase() in paths[path]);

/** What a text names and the API does not have: `POST /v1/…`, `/v1/…`, and `POST …/revisions` for the end of an address. */
function unknownIn(text: string, address: RegExp): string[] {
  const unknown: string[] = [];
  for (const [named, method, path] of text.matchAll(address)) {
    const known = path!.startsWith('…')
      ? Object.keys(paths).some((one) => one.endsWith(path!.slice(1)) && answers(one, method))
      : answers(path!, method);
    if (!known) unknown.push(named);
  }
  return unknown;
}

const METHODS = 'GET|POST|PUT|PATCH|DELETE';

it('every address in the documents is one of the API', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', ...files('docs', /\.md$/)];
  const address = new RegExp(`(?:\\b(${METHODS}) )?(\\/v1\\/[\\w\\-/{}]*[\\w}])`, 'g');
  const named = documents.flatMap((file) => [...read(file).matchAll(address)]);
  expect(named.length).toBeGreaterThan(50);
  expect(documents.flatMap((file) => unknownIn(read(file), address).map((one) => `${file}: ${one}`))).toEqual([]);
});

it('every address that refusals, warnings and descriptions tell people to go to is one of the API', () => {
  const address = new RegExp(`\\b(${METHODS}) ((?:\\/v1|…)\\/[\\w\\-/{}]*[\\w}])`, 'g');
  const sources = files('src', /\.ts$/);
  const named = sources.flatMap((file) => [...read(file).matchAll(address)]);
  expect(named.length).toBeGreaterThan(30);
  expect(sources.flatMap((file) => unknownIn(read(file), address).map((one) => `${file}: ${one}`))).toEqual([]);
});
