import type { ApiClient, Lotse } from './lotse';

type Known = Record<string, readonly string[]>;

/** What every write moves on, and what is of the request. */
const IGNORED = ['version', 'separations', 'instance', 'traceId'];
const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !IGNORED.includes(name))
      .map(([name, inner]) => [name, comparable(inner)]),
  );
};

/**
 * What every documented read of every module answers about the things named (`{ cases: [id], persons: [id] }`) and about
 * whatever is listed below them, by path. Reads that come to the API later are found as well.
 */
export async function readAnswers(lotse: Lotse, who: ApiClient, known: Known): Promise<Record<string, unknown>> {
  const templates = Object.entries(lotse.document.paths)
    .filter(([path, operations]) => (operations as { get?: object }).get && (path.match(/\{/g) ?? []).length === 1)
    .map(([path]) => path);
  const ids = new Map(Object.entries(known).map(([segment, list]) => [segment, new Set(list)]));
  const answers: Record<string, unknown> = {};
  for (let found = true; found;) {
    found = false;
    for (const template of templates) {
      const [, , segment, , below] = template.split('/');
      for (const id of ids.get(segment!) ?? []) {
        const path = template.replace(/\{\w+\}/, id);
        if (path in answers) continue;
        const { status, body } = await who.get(path);
        answers[path] = { status, body: comparable(body) };
        const rows = (body as { data?: { id?: string }[] }).data;
        if (!below || !Array.isArray(rows) || !templates.some((t) => t.startsWith(`/v1/${below}/{`))) continue;
        const listed = ids.get(below) ?? new Set();
        ids.set(below, listed);
        for (const row of rows) if (row.id) listed.add(row.id);
        found = true;
      }
    }
  }
  return answers;
}
