import { Injectable } from '@nestjs/common';
import { heldPersons } from '../../../shared/auth/restriction';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { Eraser } from '../../../shared/privacy/eraser';
import type { ErasureItem } from '../domain/erasure-run.entity';
import { keptSince } from '../domain/period';
import type { RetainedFile } from '../domain/retained-file.entity';
import {
  ErasureRunRepository,
  LegalHoldRepository,
  RetainedFileRepository,
  RetentionRuleRepository,
  isHeld,
} from './repositories';

/** At most so many files in one proposal, so that somebody can look at it; the next one follows. */
const MOST = 500;

/** What has reached the end of its time: files, persons without a file, log entries (CONS-6). */
@Injectable()
export class DueErasures {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly eraser: Eraser,
    private readonly files: RetainedFileRepository,
    private readonly holds: LegalHoldRepository,
    private readonly rules: RetentionRuleRepository,
    private readonly runs: ErasureRunRepository,
  ) {}

  /** Without what is on hold, and what is proposed already. */
  async items(): Promise<ErasureItem[]> {
    const proposed = (await this.runs.open()).flatMap(({ items }) => items);
    const known = proposed.flatMap(({ id }) => (id === null ? [] : [id]));
    const files = await this.dueFiles(known);
    const logs = proposed.some(({ of }) => of === 'log') ? [] : await this.logs();
    return [...files.flatMap((file) => this.itemsOf(file)), ...(await this.persons(known)), ...logs];
  }

  private async dueFiles(known: readonly string[]): Promise<RetainedFile[]> {
    const today = this.clock.today();
    const named = await this.eraser.casesNaming(await this.holds.persons(today));
    const rows = await this.uow.query<{ id: string }>(
      `select f.id from retention.file f where f.tenant_id = $1 and f.due_on < $2::date and not f.id = any($3::uuid[]) and not f.id = any($4::uuid[])
         and not ${isHeld('f', '$2')}
         and f.person_id <> all(${heldPersons('$1::uuid')})
       order by f.due_on, f.id limit ${MOST}`,
      [context().tenantId, today, known, named],
    );
    return this.files.among(rows.map(({ id }) => id));
  }

  /** The file as a whole stands for everything in it. */
  private itemsOf(file: RetainedFile): ErasureItem[] {
    const due = file.dueAt(this.clock.today());
    const whole = due.filter(({ kind }) => kind === file.fileKind);
    return (whole.length > 0 ? whole : due).map((term) => ({ ...term, of: file.kind, id: file.id }));
  }

  private async persons(known: readonly string[]): Promise<ErasureItem[]> {
    const { terms, version } = await this.rules.ofKind('person_without_file');
    if (terms.action === 'keep') return [];
    const before = keptSince(terms, this.clock.today());
    const ids = await this.eraser.unneeded(before, MOST);
    const held = await this.holds.on(ids, this.clock.today());
    return ids
      .filter((id) => !known.includes(id) && !held.has(id))
      .map((id) => ({ kind: 'person_without_file', of: 'person', id, edition: version, keptUntil: null }));
  }

  private async logs(): Promise<ErasureItem[]> {
    const { terms, version } = await this.rules.ofKind('access_log');
    if (terms.action === 'keep') return [];
    const since = keptSince(terms, this.clock.today());
    if (!(await this.eraser.anyBefore('access_log', since))) return [];
    return [{ kind: 'access_log', of: 'log', id: null, edition: version, keptUntil: since }];
  }
}
