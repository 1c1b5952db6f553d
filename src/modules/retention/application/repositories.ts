import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { heldPersons } from '../../../shared/auth/restriction';
import { context } from '../../../shared/context';
import { AggregateRepository } from '../../../shared/database/aggregate-repository';
import { NotFound } from '../../../shared/domain/errors';
import { ErasureRun } from '../domain/erasure-run.entity';
import { LegalHold } from '../domain/legal-hold.entity';
import { RetainedFile, type RulesInForce } from '../domain/retained-file.entity';
import { RetentionRule } from '../domain/retention-rule.entity';
import { RULE_KINDS, type RuleKind } from '../domain/rule.words';

@Injectable()
export class RetentionRuleRepository extends AggregateRepository<RetentionRule> {
  protected readonly type = RetentionRule;

  /** The rule of one kind, or what Lotse starts with; NotFound for a kind there is none of. */
  async ofKind(kind: string): Promise<RetentionRule> {
    const found = (await this.all()).get(kind as RuleKind);
    if (!found) throw new NotFound('retention rule');
    return found;
  }

  /** The rules of all kinds. */
  async all(): Promise<ReadonlyMap<RuleKind, RetentionRule>> {
    const set = await this.uow.manager.findBy(RetentionRule, { tenantId: context().tenantId });
    return new Map(
      RULE_KINDS.map((kind) => [kind, set.find((rule) => rule.kind === kind) ?? RetentionRule.initial(kind)]),
    );
  }

  /** The rules as files ask for them. */
  async inForce(): Promise<RulesInForce> {
    const all = await this.all();
    return (kind) => ({ terms: all.get(kind)!.terms, edition: all.get(kind)!.version });
  }
}

@Injectable()
export class RetainedFileRepository extends AggregateRepository<RetainedFile> {
  protected readonly type = RetainedFile;

  ofPerson(personId: string): Promise<RetainedFile[]> {
    return this.uow.manager.findBy(RetainedFile, { tenantId: context().tenantId, personId });
  }

  /** Those of the ids, in their order. */
  async among(ids: readonly string[]): Promise<RetainedFile[]> {
    const found = await this.uow.manager.findBy(RetainedFile, { tenantId: context().tenantId, id: In([...ids]) });
    return ids.flatMap((id) => found.find((file) => file.id === id) ?? []);
  }

  /** The requests that became the case. */
  ofCase(caseId: string): Promise<RetainedFile[]> {
    return this.uow.manager.findBy(RetainedFile, { tenantId: context().tenantId, caseId });
  }

  /** Files that are ended, in the order of their ids, after one of them. */
  async endedAfter(id: string, count: number, onlyUndated: boolean): Promise<RetainedFile[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from retention.file where tenant_id = $1 and id > $2 and ended_on is not null and case_id is null
         ${onlyUndated ? `and terms @> '[{"kind": "case_file_sgb8", "keptUntil": null}]'` : ''}
       order by id limit ${count}`,
      [context().tenantId, id],
    );
    return this.among(rows.map((row) => row.id));
  }
}

/**
 * The SQL condition that somebody placed a hold on the file `f` (alias of retention.file), on its person, or on a request it
 * began with, which holds on the day `today`.
 */
export const isHeld = (f: string, today: string): string => `exists (select 1 from retention.legal_hold h
  where h.tenant_id = ${f}.tenant_id and h.lifted is null and (h.until is null or h.until >= ${today}::date)
    and (h.subject_id in (${f}.id, ${f}.person_id)
      or h.subject_id in (select r.id from retention.file r where r.tenant_id = ${f}.tenant_id and r.case_id = ${f}.id)))`;

@Injectable()
export class LegalHoldRepository extends AggregateRepository<LegalHold> {
  protected readonly type = LegalHold;

  /** Holds on a record that nobody lifted. */
  of(subjectId: string): Promise<LegalHold[]> {
    return this.uow.manager.findBy(LegalHold, { tenantId: context().tenantId, subjectId, lifted: IsNull() });
  }

  /**
   * Which of the files and persons are on hold on a day: a case also by a request it began with, and whoever is restricted
   * (GDPR 18) is as well.
   */
  async on(ids: readonly string[], today: string): Promise<ReadonlySet<string>> {
    const rows = await this.uow.query<{ id: string }>(
      `select subject_id as id from retention.legal_hold where tenant_id = $1 and subject_id = any($2::uuid[])
         and lifted is null and (until is null or until >= $3::date)
       union select f.id from retention.file f where f.tenant_id = $1 and f.id = any($2::uuid[]) and ${isHeld('f', '$3')}
       union select id from unnest($2::uuid[]) id where id = any(${heldPersons('$1::uuid')})`,
      [context().tenantId, ids, today],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Persons about whom nothing is erased on a day. */
  async persons(today: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select subject_id as id from retention.legal_hold where tenant_id = $1 and kind = 'person'
         and lifted is null and (until is null or until >= $2::date)
       union select unnest(${heldPersons('$1::uuid')})`,
      [context().tenantId, today],
    );
    return rows.map(({ id }) => id);
  }
}

@Injectable()
export class ErasureRunRepository extends AggregateRepository<ErasureRun> {
  protected readonly type = ErasureRun;

  /** The run that was asked for by the person and is not done; turns are taken (Scheduling). */
  openFor(personId: string): Promise<ErasureRun | null> {
    const state = In(['proposed', 'released']);
    return this.uow.manager.findOne(ErasureRun, { where: { tenantId: context().tenantId, personId, state } });
  }

  /** Runs that are proposed or being carried out. */
  open(): Promise<ErasureRun[]> {
    return this.uow.manager.findBy(ErasureRun, { tenantId: context().tenantId, state: In(['proposed', 'released']) });
  }
}
