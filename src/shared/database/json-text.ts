/** A member of a JSON object: its value as SQL, how that becomes JSON text, and where the text stands. */
export type Member = { readonly sql: string; readonly text: string; readonly place: string };

/** A value that is always there and has nothing to escape: a uuid, a word of a value set. */
export const word = (sql: string): Member => ({ sql, text: sql, place: '"%s"' });

/** The same where it may be absent: a day. */
export const wordOrNull = (sql: string): Member => ({
  sql,
  text: `coalesce('"' || (${sql}) || '"', 'null')`,
  place: '%s',
});

/** What somebody wrote, or an instant. */
export const text = (sql: string): Member => ({ sql, text: `coalesce(to_json(${sql})::text, 'null')`, place: '%s' });

/** A number, true or false, or what is JSON already. */
export const json = (sql: string): Member => ({ sql, text: `coalesce((${sql})::text, 'null')`, place: '%s' });

/**
 * The JSON text of an object, as SQL, for the rows of hot lists: row_to_json and json_build_object look up the type of
 * every member anew for every row, which made the statement of a list of fifty cases a seventh dearer.
 */
export function objectText(members: Readonly<Record<string, Member>>): string {
  const places = Object.entries(members).map(([name, { place }]) => `"${name}":${place}`);
  const values = Object.values(members).map((member) => member.text);
  return `format('{${places.join(',')}}', ${values.join(', ')})`;
}

/** The members as columns, for row_to_json. */
export const columnsOf = (members: Readonly<Record<string, Member>>): string =>
  Object.entries(members)
    .map(([name, { sql }]) => `${sql} as "${name}"`)
    .join(', ');
