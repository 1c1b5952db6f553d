import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ACCESS_INSERT, type Access, accessRow } from '../audit/access-log';
import { context, runInContext } from '../context';
import { type Parameters, UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../domain/clock';
import { NotFound } from '../domain/errors';

/** What another organisation is let in for: to steer a case jointly (CASE-11), or to answer a case offered to it (CASE-12). */
export type GrantKind = 'joint_steering' | 'case_transfer';

/** What the owner of a case grants another organisation; codes and ids only. Days are YYYY-MM-DD, both included. */
export type Grant = {
  kind: GrantKind;
  caseId: string;
  guestId: string;
  parts: readonly string[];
  contributions: readonly string[];
  /** Subjects of the guest's staff. */
  readers: readonly string[];
  status: string;
  fromOn: string;
  untilOn: string;
  invitedAt: string;
};

/**
 * What a guest wants: to `see` or `answer` the invitation or offer itself, or to `read` or `contribute` to a part of the
 * case. The last two need an agreed grant of that part that is in time and names the user.
 */
export type GuestPass = { kind: GrantKind; id: string } & (
  { way: 'see' | 'answer' } | { way: 'read' | 'contribute'; part: string }
);

/** Back to the own organisation within the transaction. */
const LEAVE = `select set_config('app.tenant', $1, true)`;

/**
 * The one way through the wall between organisations (CASE-11, docs/adr/0015): a guest works in the tenant that invited
 * them for the length of one callback, in the transaction in which the grant was checked and locked.
 */
@Injectable()
export class GuestAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` in the tenant of the owner, where the guest has no relationship to any case: nothing is visible but what
   * `work` reads by the case it is given. NotFound where nothing is granted now.
   */
  enter<T>(pass: GuestPass, work: (caseId: string) => Promise<T>): Promise<T> {
    return this.uow.run(async () => {
      const home = context();
      const { tenantId, user } = home;
      if (user?.tenantId !== tenantId) throw new Error('A guest does not go on from one organisation to the next');
      await this.uow.flush();
      const [granted] = await this.uow.query<{ owner: string; caseId: string }>(
        'select owner, case_id as "caseId" from platform.enter_as_guest($1, $2, $3, $4, $5, $6)',
        [pass.kind, pass.id, pass.way, 'part' in pass ? pass.part : null, user.subject, this.clock.today()],
      );
      if (!granted) throw new NotFound(pass.kind.replace('_', ' '), pass.id);
      try {
        return await runInContext({ ...home, tenantId: granted.owner, relationships: [] }, async () => {
          const result = await work(granted.caseId);
          await this.uow.flush();
          return result;
        });
      } finally {
        // Where the statement before failed, this one does too, and so does everything else in the unit.
        await this.uow.query(LEAVE, [tenantId]).catch(() => undefined);
      }
    });
  }

  /** Puts what the guest reads into the owner's access log, within the transaction that read it (QA-9). */
  log(access: Access): void {
    const entry = JSON.stringify([{ ...accessRow(access), id: uuidv7() }]);
    this.uow.write({ sql: (add) => ACCESS_INSERT(add(entry)) });
  }

  /**
   * Adds what is granted to the unit of work, as it is when the unit is sent; called by the case module with every store
   * of a joint steering or an offered case.
   */
  write(id: string, granted: () => Grant & { version: number }): void {
    const { tenantId } = context();
    this.uow.write({
      sql: (add) => {
        const { version, kind, caseId, guestId, parts, contributions, readers, status, fromOn, untilOn, invitedAt } =
          granted();
        return `
          insert into platform.guest_access (tenant_id, id, version, kind, case_id, guest_tenant_id, parts, contributions, readers,
            status, from_on, until_on, invited_at)
          values (${add(tenantId)}, ${add(id)}, ${add(version)}, ${add(kind)}, ${add(caseId)}, ${add(guestId)}, ${add(parts)},
            ${add(contributions)}, ${add(readers)}, ${add(status)}, ${add(fromOn)}, ${add(untilOn)}, ${add(invitedAt)})
          on conflict (tenant_id, id) do update set version = excluded.version, parts = excluded.parts,
            contributions = excluded.contributions, readers = excluded.readers, status = excluded.status,
            from_on = excluded.from_on, until_on = excluded.until_on`;
      },
    });
  }

  /** A row source for lists: what others granted the organisation, in whatever state. `alias` has the columns of `Grant`. */
  granted(kind: GrantKind, alias: string, add: Parameters['add']): string {
    return `from platform.guest_access ${alias}
      where ${alias}.guest_tenant_id = ${add(context().tenantId)} and ${alias}.kind = ${add(kind)}`;
  }

  /** What waits for an answer of the organisation today, of whatever kind. */
  waiting(): Promise<{ id: string; kind: GrantKind; invitedAt: Date; untilOn: string }[]> {
    return this.uow.query(
      `select g.id, g.kind, g.invited_at as "invitedAt", g.until_on::text as "untilOn" from platform.guest_access g
       where g.guest_tenant_id = $1 and g.status = 'proposed' and g.until_on >= $2::date order by g.id`,
      [context().tenantId, this.clock.today()],
    );
  }

  /** Locks a grant before its owner changes it, as a guest does: both meet here first. Needs `uow.lock()`. */
  async hold(id: string): Promise<void> {
    await this.uow.query('select 1 from platform.guest_access where tenant_id = $1 and id = $2 for update', [
      context().tenantId,
      id,
    ]);
  }

  /** The name of an organisation of this instance, null for an id that is none. */
  async organisationName(id: string): Promise<string | null> {
    const [row] = await this.uow.query<{ name: string | null }>('select platform.organisation_name($1) as name', [id]);
    return row!.name;
  }
}
