import { type KeyObject, createHash, createSecretKey, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context, runInContext, systemContext } from '../context';
import { ReadLines } from '../database/read-lines';
import { seal, unseal } from './sealed';

/** The keys made from the instance's secret and, while it is being changed, from the one before; the first one wraps. */
export class RootKeys {
  readonly names: readonly string[];
  constructor(readonly keys: readonly KeyObject[]) {
    this.names = keys.map((key) => createHash('sha256').update(key.export()).digest('hex').slice(0, 16));
  }
}

/** A key wrapped by the key of a tenant; `keyNo` says which of them. */
export type Wrapped = { keyNo: number; wrapped: Buffer };

const INDEX = 0;
const keyText = (key: KeyObject) => key.export().toString('base64');
const keyOf = (text: string) => createSecretKey(Buffer.from(text, 'base64'));

/** The keys of one organisation, opened: one that blinds what is searched for, and those that wrap other keys. */
export class KeyRing {
  constructor(
    private readonly keys: ReadonlyMap<number, KeyObject>,
    /** The number of the key that wraps from now on. */
    readonly newest: number,
  ) {}

  /** The key of blind indexes: it never changes, as everything indexed would have to be read again. */
  get index(): KeyObject {
    return this.keys.get(INDEX)!;
  }

  /** Wraps a key for one `purpose`; it opens for no other. */
  wrap(key: KeyObject, purpose: Buffer): Wrapped {
    return { keyNo: this.newest, wrapped: seal(keyText(key), this.keys.get(this.newest)!, purpose) };
  }

  unwrap({ keyNo, wrapped }: Wrapped, purpose: Buffer): KeyObject {
    const key = this.keys.get(keyNo);
    if (!key) throw new Error(`Key ${keyNo} of organisation ${context().tenantId} is not known`);
    return keyOf(unseal(wrapped, key, purpose));
  }
}

/**
 * The keys of the organisations (`platform.tenant_key`): random, wrapped by the root key, made when first needed, opened
 * once per process. A change of the instance's secret wraps them anew when they are next opened; `rotate` adds a new
 * key, while the older ones go on opening what they wrapped.
 */
@Injectable()
export class TenantKeys {
  private readonly rings = new Map<string, Promise<KeyRing>>();

  constructor(
    private readonly lines: ReadLines,
    private readonly roots: RootKeys,
  ) {}

  /** The keys of the organisation in context. `atLeast` is a key number met in data: another process may have made it. */
  async ring(atLeast = 1): Promise<KeyRing> {
    const { tenantId } = context();
    const known = this.rings.get(tenantId);
    if (known) {
      const ring = await known;
      if (ring.newest >= atLeast) return ring;
    }
    return this.reload(tenantId);
  }

  /** Makes a new key; what is wrapped from now on is wrapped by it. Answers its number. */
  async rotate(): Promise<number> {
    const { tenantId } = context();
    const { newest } = await this.reload(tenantId);
    await this.inOwnContext(() => this.make(tenantId, newest + 1));
    return (await this.reload(tenantId)).newest;
  }

  private reload(tenantId: string): Promise<KeyRing> {
    const opening = this.inOwnContext(() => this.open(tenantId));
    this.rings.set(tenantId, opening);
    opening.catch(() => this.rings.delete(tenantId));
    return opening;
  }

  private async open(tenantId: string): Promise<KeyRing> {
    const read = async () =>
      (
        await this.lines.query<{ no: number; root: string; wrapped: Buffer }>(
          'select no, root, wrapped from platform.tenant_key where tenant_id = $1 order by no',
          [tenantId],
        )
      ).rows;
    let rows = await read();
    if (rows.length < 2) {
      await this.make(tenantId, INDEX);
      await this.make(tenantId, INDEX + 1);
      rows = await read();
    }
    const keys = new Map<number, KeyObject>();
    for (const { no, root, wrapped } of rows) {
      const at = this.roots.names.indexOf(root);
      if (at < 0)
        throw new Error(`LOTSE_SECRET is not the one the keys of organisation ${tenantId} were made with (${root})`);
      const text = unseal(wrapped, this.roots.keys[at]!, purposeOf(tenantId, no));
      keys.set(no, keyOf(text));
      if (at > 0)
        await this.lines.query(
          'update platform.tenant_key set root = $3, wrapped = $4 where tenant_id = $1 and no = $2 and root = $5',
          [tenantId, no, this.roots.names[0], seal(text, this.roots.keys[0]!, purposeOf(tenantId, no)), root],
        );
    }
    return new KeyRing(keys, rows.at(-1)!.no);
  }

  /** Of two processes that make the same key one is too late, and takes the other's. */
  private async make(tenantId: string, no: number): Promise<void> {
    const wrapped = seal(randomBytes(32).toString('base64'), this.roots.keys[0]!, purposeOf(tenantId, no));
    await this.lines.query(
      'insert into platform.tenant_key (tenant_id, no, root, wrapped) values ($1, $2, $3, $4) on conflict do nothing',
      [tenantId, no, this.roots.names[0], wrapped],
    );
  }

  /** Not part of what the caller does: neither counted with it nor taken back with it. */
  private inOwnContext<T>(work: () => Promise<T>): Promise<T> {
    return runInContext(systemContext(context().tenantId, 'tenant-keys', 'data_protection'), work);
  }
}

const purposeOf = (tenantId: string, no: number) => Buffer.from(`tenant-key:${tenantId}:${no}`);
