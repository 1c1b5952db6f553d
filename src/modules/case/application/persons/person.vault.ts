import { type KeyObject, createSecretKey, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { seal, unseal } from '../../../../shared/vault/sealed';
import { TenantKeys, type Wrapped } from '../../../../shared/vault/tenant-keys';
import type { Identity } from '../../domain/persons/person.entity';

/** A person as stored: direct identifiers sealed. */
export type SealedPerson = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly keyNo: number;
  readonly wrappedKey: Buffer;
};

/** Persons whose keys are wrapped anew in one transaction. */
const BATCH = 500;

/**
 * Seals what identifies a person (AES-256-GCM) with a key of its own, which is wrapped by a key of the organisation.
 * With the row of an erased person the wrapped key is gone: no backup made after can be read.
 */
@Injectable()
export class PersonVault {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: TenantKeys,
  ) {}

  /** A new key for a person, open and wrapped. */
  async newKey(id: string): Promise<{ key: KeyObject } & Wrapped> {
    const key = createSecretKey(randomBytes(32));
    return { key, ...(await this.keys.ring()).wrap(key, keyPurpose(id)) };
  }

  /** The persons' keys, in their order. */
  async open(persons: readonly SealedPerson[]): Promise<KeyObject[]> {
    const ring = await this.keys.ring(persons.reduce((max, { keyNo }) => Math.max(max, keyNo), 1));
    return persons.map(({ id, keyNo, wrappedKey }) => ring.unwrap({ keyNo, wrapped: wrappedKey }, keyPurpose(id)));
  }

  /** What the persons' records say of who they are. */
  async read<T extends SealedPerson>(
    persons: readonly T[],
  ): Promise<(Omit<T, 'sealed' | 'keyNo' | 'wrappedKey'> & Identity)[]> {
    const keys = await this.open(persons);
    return persons.map(({ sealed, keyNo: _no, wrappedKey: _key, ...person }, i) => ({
      ...person,
      ...this.unseal(sealed, person.id, keys[i]!),
    }));
  }

  seal(identity: Identity, id: string, key: KeyObject): Buffer {
    return seal(JSON.stringify(identity), key, dataPurpose(id));
  }

  unseal(sealed: Buffer, id: string, key: KeyObject): Identity {
    return JSON.parse(unseal(sealed, key, dataPurpose(id))) as Identity;
  }

  /** Gives the organisation a new key; persons recorded from now on are under it. Answers its number. */
  rotate(): Promise<number> {
    return this.keys.rotate();
  }

  /**
   * Wraps the keys of all persons with the newest key of the organisation, in batches, while others read and write: what
   * they hold stays readable throughout, as older keys go on opening. Run again it finds what was added meanwhile.
   */
  async rewrap(): Promise<number> {
    const { newest } = await this.keys.ring();
    for (let rewrapped = 0; ;) {
      const done = await this.uow.run(() => this.rewrapBatch(newest));
      if (done === 0) return rewrapped;
      rewrapped += done;
    }
  }

  /** One batch. A version is no part of it: for readers nothing has changed. */
  private async rewrapBatch(keyNo: number): Promise<number> {
    await this.uow.lock();
    const { tenantId } = context();
    const rows = await this.uow.query<SealedPerson>(
      `select id, sealed, key_no as "keyNo", wrapped_key as "wrappedKey" from cases.person
       where tenant_id = $1 and key_no < $2 order by key_no, id limit ${BATCH} for no key update`,
      [tenantId, keyNo],
    );
    if (rows.length === 0) return 0;
    const [ring, keys] = [await this.keys.ring(keyNo), await this.open(rows)];
    const wrapped = rows.map(({ id }, i) => ring.wrap(keys[i]!, keyPurpose(id)));
    await this.uow.query(
      `update cases.person p set key_no = $2, wrapped_key = n.wrapped
       from unnest($3::uuid[], $4::bytea[]) n(id, wrapped) where p.tenant_id = $1 and p.id = n.id`,
      [tenantId, ring.newest, rows.map(({ id }) => id), wrapped.map((w) => w.wrapped)],
    );
    return rows.length;
  }
}

const keyPurpose = (id: string) => Buffer.from(`person-key:${context().tenantId}:${id}`);
const dataPurpose = (id: string) => Buffer.from(`person:${context().tenantId}:${id}`);
