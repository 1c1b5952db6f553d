import { Injectable } from '@nestjs/common';
import { context } from '../context';
import { UnitOfWork } from '../database/unit-of-work';
import { Eraser } from './eraser';
import { HeldData, type HeldTable, type Way } from './held-data';
import type { FileKind } from './personal-data';

/** A row that says something about people, and in whose files it is. */
export type HeldRecord = {
  readonly caseIds: readonly string[];
  readonly requestId: string | null;
  /** Of a record in no case: whose it is. */
  readonly personId: string | null;
  /** Null where rows of its kind have no version. */
  readonly version: number | null;
};

/** What the machinery writes about files: nothing in it is said of a person. */
const OF_THE_MACHINERY = ['platform', 'retention', 'quality-audit'];

/** Finds records of any kind by the name of their table (`journal_entry`), as the modules declare them. */
@Injectable()
export class HeldRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly held: HeldData,
    private readonly eraser: Eraser,
  ) {}

  /** Whether there are records of that kind. */
  isHeld(type: string): boolean {
    return this.tableOf(type) !== undefined;
  }

  /** The record; null where there is none, or no such kind. */
  async find(type: string, id: string): Promise<HeldRecord | null> {
    const table = this.tableOf(type);
    if (!table) return null;
    const ways = (kind: FileKind) => table.of.filter((way): way is Way => way.file === kind);
    const column = (kind: FileKind) => (ways(kind)[0] ? `t.${ways(kind)[0]!.column}` : 'null::uuid');
    const cases = ways('case').map((way) => `t.${way.column}`);
    const shared = ways('case').flatMap(({ shared: s }) =>
      s ? [`select s.case_id from ${s.table} s where s.tenant_id = t.tenant_id and s.${s.by} = t.id`] : [],
    );
    const row = await this.uow.one<HeldRecord>(
      `select ${table.columns.version ? 't.version' : 'null::int'} as version, ${column('request')} as "requestId",
         ${column('person')} as "personId", array(select distinct c from (
           ${[`select unnest(array[${cases.join(', ')}]::uuid[]) as c`, ...shared].join(' union all ')}) x where c is not null) as "caseIds"
       from ${table.name} t where t.tenant_id = $1 and t.id = $2`,
      [context().tenantId, id],
    );
    if (!row) return null;
    return row.requestId ? { ...row, personId: await this.eraser.clientOf('request', row.requestId) } : row;
  }

  private tableOf(type: string): HeldTable | undefined {
    return this.held.tables.find(
      ({ module, name, columns, of }) =>
        name.slice(name.indexOf('.') + 1) === type &&
        !OF_THE_MACHINERY.includes(module) &&
        columns.id !== undefined &&
        Object.values(columns).some(({ kind }) => kind === 'content' || kind === 'special') &&
        of.some(({ file }) => file === 'case' || file === 'request' || file === 'person'),
    );
  }
}
