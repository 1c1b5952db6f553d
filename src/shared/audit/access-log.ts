import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { DataSource } from 'typeorm';
import { context, runInContext, systemContext } from '../context';
import { poolOf } from '../database/data-source';

/** One read of personal data (QA-9): what was read, never what it said. */
export type Access = {
  /** `read` one thing, `search` a list, `disclose` to somebody outside, `refuse` for a denied attempt. */
  action: 'read' | 'search' | 'disclose' | 'refuse';
  resourceType: string;
  resourceIds: readonly string[];
  caseId: string | null;
};

type Queue = {
  rows: { id?: string; [column: string]: unknown }[];
  waiting: {
    ids: readonly string[];
    resolve: (disputed: readonly string[]) => void;
    reject: (error: unknown) => void;
  }[];
  writing: boolean;
};

const COLUMNS = `tenant_id, id, actor, actor_tenant_id, purpose, scope, action, resource_type, resource_ids, case_id, request_id,
    traceparent`;
const entries = (
  rows: string,
) => `json_to_recordset(${rows}::json) as a(tenant_id uuid, id uuid, actor text, actor_tenant_id uuid,
    purpose text, scope text, action text, resource_type text, resource_ids uuid[], case_id uuid, request_id text, traceparent text)`;
const insertFrom = (source: string) => `insert into platform.access_log (${COLUMNS}) select ${COLUMNS} from ${source}`;
/** Inserts the entries given as one JSON parameter. */
export const ACCESS_INSERT = (rows: string) => insertFrom(entries(rows));
/** Writes the entries, and answers which of the records in them are disputed (platform.disputed_record). */
const INSERT = `with entry as materialized (select * from ${entries('$1')}), logged as (${insertFrom('entry')})
  select distinct d.record_id as id from entry cross join unnest(entry.resource_ids) as accessed(id)
    join platform.disputed_record d on d.tenant_id = $2 and d.record_id = accessed.id`;
const NONE: readonly string[] = [];

/** The entry of an access, with who, why and in which request from the context. */
export function accessRow(access: Access): { id?: string; [column: string]: unknown } {
  const { tenantId, user, purpose, scope, requestId, traceparent } = context();
  return {
    tenant_id: tenantId,
    actor: user?.subject,
    // Guests of another organisation act within the tenant that invited them (CASE-11).
    actor_tenant_id: user && tenantId !== '' && user.tenantId !== tenantId ? user.tenantId : null,
    purpose,
    scope: scope ?? null,
    action: access.action,
    resource_type: access.resourceType,
    // As PostgreSQL writes an array: a list has fifty, and an array in JSON is read element by element.
    resource_ids: `{${access.resourceIds.join()}}`,
    case_id: access.caseId,
    request_id: requestId,
    traceparent,
  };
}

/** Milliseconds a write waits for company while reads come side by side; a lone reader is never kept waiting. */
const GATHER = 1;

/**
 * The access log. `write` resolves when the entry is on disk; entries that arrive while a write is under way share
 * the next one (group commit), so that concurrent reads cost one statement together.
 */
@Injectable()
export class AccessLog {
  private readonly queues = new Map<string, Queue>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Makes the access durable; the answer must not leave before. Gives the records in it that are disputed (GDPR 18). */
  write(access: Access): Promise<readonly string[]> {
    const { tenantId } = context();
    let queue = this.queues.get(tenantId);
    if (!queue) this.queues.set(tenantId, (queue = { rows: [], waiting: [], writing: false }));
    queue.rows.push(accessRow(access));
    const { waiting } = queue;
    const written = new Promise<readonly string[]>((resolve, reject) =>
      waiting.push({ ids: access.resourceIds, resolve, reject }),
    );
    if (!queue.writing) void this.drain(tenantId, queue);
    return written;
  }

  private async drain(tenantId: string, queue: Queue): Promise<void> {
    queue.writing = true;
    while (queue.rows.length > 0) {
      const rows = queue.rows.splice(0);
      const waiting = queue.waiting.splice(0);
      // Randomness is dear by the call, cheap by the byte.
      const random = randomBytes(16 * rows.length);
      for (const [i, row] of rows.entries()) row.id = uuidv7({ random: random.subarray(16 * i) });
      try {
        const found = await runInContext(systemContext(tenantId, 'access-log', 'data_protection'), () =>
          poolOf(this.dataSource).query<{ id: string }>(INSERT, [JSON.stringify(rows), tenantId]),
        );
        const disputed = new Set(found.rows.map(({ id }) => id));
        for (const { ids, resolve } of waiting)
          resolve(disputed.size === 0 ? NONE : ids.filter((id) => disputed.has(id)));
        if (rows.length > 1) await sleep(GATHER);
      } catch (error) {
        for (const { reject } of waiting) reject(error);
      }
    }
    this.queues.delete(tenantId);
  }
}
