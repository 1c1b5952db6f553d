import type { KeyObject } from 'node:crypto';
import { context } from '../context';
import { seal, unseal } from './sealed';

/** What a text of a record is sealed for: this record of this organisation, and nothing else. `table` without its schema. */
const purpose = (table: string, id: string) => Buffer.from(`${table}:${context().tenantId}:${id}`);

/** Seals values of a record with the key of the person they are about (docs/adr/0014). */
export const sealRecord = (values: object, key: KeyObject, table: string, id: string): Buffer =>
  seal(JSON.stringify(values), key, purpose(table, id));

/** The values again. */
export const unsealRecord = <T extends object>(sealed: Buffer, key: KeyObject, table: string, id: string): T =>
  JSON.parse(unseal(sealed, key, purpose(table, id))) as T;
