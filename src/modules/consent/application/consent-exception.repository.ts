import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { UnitOfWork, type Write } from '../../../shared/database/unit-of-work';
import { NotFound } from '../../../shared/domain/errors';
import { sealRecord, unsealRecord } from '../../../shared/vault/record-seal';
import { ConsentException, type ExceptionWording } from '../domain/consent-exception.entity';

const TABLE = 'consent_exception';

/** What was put in free words about an exception, opened by the key of the person it is about. */
export const openWording = (sealed: Buffer, key: KeyObject, id: string): ExceptionWording =>
  unsealRecord(sealed, key, TABLE, id);

/** Exceptions; what is in free words is sealed with the key of the person, and stays so where nobody opens it. */
@Injectable()
export class ConsentExceptionRepository extends AggregateRepository<ConsentException> {
  protected readonly type = ConsentException;
  private readonly keys = new WeakMap<ConsentException, KeyObject>();

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly persons: CasePersons,
  ) {
    super(uow, dataSource);
  }

  /** Stores a new one. */
  async add(exception: ConsentException): Promise<void> {
    this.keys.set(exception, await this.keyFor(exception));
    this.store(exception);
  }

  /** Opens what was put in words, so that something can be added to it. */
  async open(exception: ConsentException): Promise<void> {
    const key = await this.keyFor(exception);
    this.keys.set(exception, key);
    exception.wording = openWording(exception.sealed, key, exception.id);
  }

  protected override toWrite(exception: ConsentException): Write {
    const key = this.keys.get(exception);
    if (key) Object.assign(exception, { sealed: sealRecord(exception.wording!, key, TABLE, exception.id) });
    return super.toWrite(exception);
  }

  private async keyFor({ id, sealedFor }: ConsentException): Promise<KeyObject> {
    const key = (await this.persons.keysOf([sealedFor])).get(sealedFor);
    if (!key) throw new NotFound('consent exception', id);
    return key;
  }

  /** Those of the case that were not ended, oldest first; `locked` makes an end wait, and needs `uow.lock()`. */
  ofCase(caseId: string, locked: boolean): Promise<ConsentException[]> {
    const query = this.uow.manager
      .createQueryBuilder(ConsentException, 'e')
      .where('e.tenantId = :tenantId and e.caseId = :caseId and e.endedAs is null', {
        tenantId: context().tenantId,
        caseId,
      })
      .orderBy('e.id', 'ASC');
    return (locked ? query.setLock('pessimistic_read') : query).getMany();
  }

  /** Ids of those that nobody confirmed until `now`. */
  async overdue(now: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from consent.consent_exception
       where tenant_id = $1 and ended_as is null and confirmed_at is null and confirm_by < $2 order by id`,
      [context().tenantId, now],
    );
    return rows.map(({ id }) => id);
  }
}
