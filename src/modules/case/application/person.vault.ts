import { type KeyObject, createSecretKey, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { seal, unseal } from '../../../shared/http/sealed';
import { TenantKeys, type Wrapped } from '../../../shared/vault/tenant-keys';
import type { Identity } from '../domain/person.entity';

/** A person as stored: direct identifiers sealed; without a wrapped key they were shredded. */
export type SealedPerson = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly keyNo: number | null;
  readonly wrappedKey: Buffer | null;
};

const BATCH = 500;

/**
 * Seals what identifies a person (AES-256-GCM) with a key of its own, which is wrapped by a key of the organisation.
 * Without the wrapped key nobody can read it again, in no backup made after.
 */
@Injectable()
export class PersonVault {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: TenantKeys,
    private readonly casePersons: CasePersons,
  ) {}

  /** A new key for a person, open and wrapped. */
  async newKey(id: string): Promise<{ key: KeyObject } & Wrapped> {
    const key = createSecretKey(randomBytes(32));
    return { key, ...(await this.keys.ring()).wrap(key, keyPurpose(id)) };
  }

  /** The persons' keys, in their order; null where the key was shredded. */
  async open(persons: readonly SealedPerson[]): Promise<(KeyObject | null)[]> {
    const ring = await this.keys.ring(persons.reduce((max, { keyNo }) => Math.max(max, keyNo ?? 1), 1));
    return persons.map(({ id, keyNo, wrappedKey }) =>
      keyNo === null || wrappedKey === null ? null : ring.unwrap({ keyNo, wrapped: wrappedKey }, keyPurpose(id)),
    );
  }

  /** What the persons' records say of who they are, without those shredded. */
  async read<T extends SealedPerson>(
    persons: readonly T[],
  ): Promise<(Omit<T, 'sealed' | 'keyNo' | 'wrappedKey'> & Identity)[]> {
    const keys = await this.open(persons);
    return persons.flatMap(({ sealed, keyNo: _no, wrappedKey: _key, ...person }, i) => {
      const key = keys[i];
      return key ? [{ ...person, ...this.unseal(sealed, person.id, key) }] : [];
    });
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
       where tenant_id = $1 and key_no < $2 and wrapped_key is not null order by key_no, id limit ${BATCH} for no key update`,
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

  /**
   * Erasure: the person's key and tokens go, so that nobody can read or find who it was; ids and facts stay. Records that
   * were merged into it are of the same person, and go with it.
   */
  shred(personId: string): Promise<void> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const { tenantId } = context();
      // A merge under way is waited for.
      await this.uow.query('select 1 from cases.person where tenant_id = $1 and id = $2 for update', [
        tenantId,
        personId,
      ]);
      const gone = await this.uow.query<{ id: string }>(
        `with recursive same as (select $2::uuid as id union
           select m.id from same join cases.person m on m.tenant_id = $1 and m.merged_into = same.id)
         update cases.person set wrapped_key = null, key_no = null, portal_subject = null, version = version + 1
         where tenant_id = $1 and id in (select id from same) and wrapped_key is not null returning id`,
        [tenantId, personId],
      );
      const ids = gone.map(({ id }) => id);
      if (!ids.includes(personId)) throw new NotFound('person', personId);
      for (const id of ids) this.casePersons.write({ id, portalSubject: null, ofAgeFrom: null });
      await this.uow.query('delete from cases.person_token where tenant_id = $1 and person_id = any($2::uuid[])', [
        tenantId,
        ids,
      ]);
    });
  }
}

const keyPurpose = (id: string) => Buffer.from(`person-key:${context().tenantId}:${id}`);
const dataPurpose = (id: string) => Buffer.from(`person:${context().tenantId}:${id}`);
