import fc from 'fast-check';
import { columnsOf, json, objectText, text, word, wordOrNull } from '../src/shared/database/json-text';
import { admin } from './support/database';

const members = {
  id: word('v.id'),
  on: wordOrNull('v.on'),
  written: text('v.written'),
  at: text('v.at'),
  list: text('v.list'),
  number: json('v.number'),
  yes: json('v.number > 0'),
  parts: json('v.parts'),
};
const VALUES = `(select $1::uuid as id, $2::date as "on", $3::text as written, $4::timestamptz as at, $5::text[] as list, $6::int as number,
  $7::jsonb as parts) v`;

describe('the JSON text of an object', () => {
  it('says the same as row_to_json, whatever is in it', async () => {
    const written = fc.string({ unit: 'grapheme' }).map((s) => s.replaceAll('\0', ''));
    const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
    const values = fc.tuple(
      fc.uuid(),
      orNull(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })),
      orNull(fc.oneof(written, fc.constantFrom('%s %1$s %', '"', '\\', '{"a":1}', '\u2028', '\t\n'))),
      orNull(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })),
      orNull(fc.array(orNull(written), { maxLength: 3 })),
      orNull(fc.integer({ min: -2_147_483_648, max: 2_147_483_647 })),
      orNull(fc.dictionary(written, orNull(written), { maxKeys: 3 })),
    );
    await admin(process.env.LOTSE_TEST_SERVER!, (client) =>
      fc.assert(
        fc.asyncProperty(values, async ([id, on, ...others]) => {
          const { rows } = await client.query<{ ours: string; theirs: string }>(
            `select ${objectText(members)} as ours, (select row_to_json(x)::text from (select ${columnsOf(members)}) x) as theirs from ${VALUES}`,
            [id, on && on.toISOString().slice(0, 10), ...others],
          );
          expect(JSON.parse(rows[0]!.ours)).toEqual(JSON.parse(rows[0]!.theirs));
        }),
        { numRuns: 300 },
      ),
    );
  });
});
