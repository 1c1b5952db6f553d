import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { BeforeErasure } from '../../../shared/privacy/before-erasure';
import { type Erased, Eraser } from '../../../shared/privacy/eraser';
import type { ErasureItem, ErasureRun } from '../domain/erasure-run.entity';
import type { LeftOut } from '../domain/erasure.words';
import type { RetainedFile } from '../domain/retained-file.entity';
import { WITHIN_CASE } from '../domain/rule.words';
import { ErasureDecisions, type Obstacle } from './erasure-decisions';
import {
  ErasureRunRepository,
  LegalHoldRepository,
  RetainedFileRepository,
  RetentionRuleRepository,
} from './repositories';
import { Scheduling } from './scheduling';

/** Items per transaction: short enough that nobody waits for long. */
const BATCH = 10;
const WHY: Record<NonNullable<Obstacle>, LeftOut> = {
  in_use: 'in_use',
  on_hold: 'on_hold',
  retention_duty: 'not_due_any_more',
};
type Done = { erased: Erased[]; persons: number } | LeftOut;

/**
 * Carries out what was released, a part per event of the log: each part, its protocol and the event of the next part
 * commit together, so that a run that was killed goes on where it was, and nothing is counted twice (CONS-6).
 */
@Injectable()
export class ErasureExecution {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly runs: ErasureRunRepository,
    private readonly files: RetainedFileRepository,
    private readonly holds: LegalHoldRepository,
    private readonly rules: RetentionRuleRepository,
    private readonly decisions: ErasureDecisions,
    private readonly scheduling: Scheduling,
    private readonly eraser: Eraser,
    private readonly before: BeforeErasure,
  ) {}

  /** The next part of the run. */
  advance(runId: string): Promise<void> {
    return this.uow.run(async () => {
      await this.scheduling.takeTurns();
      const run = await this.runs.find(runId);
      if (run?.state !== 'released') return;
      for (const item of run.next(BATCH)) {
        const done = await this.carryOut(item, run);
        if (typeof done === 'string') run.leaveOut(item, done);
        else run.erased(item, done.erased, done.persons);
      }
      run.advance(this.clock.now());
      this.runs.store(run);
    });
  }

  private async carryOut(item: ErasureItem, run: ErasureRun): Promise<Done> {
    if (item.of === 'log') return { erased: await this.eraser.eraseBefore('access_log', item.keptUntil!), persons: 0 };
    if (item.of === 'person') return this.person(item.id!);
    const file = await this.files.find(item.id!);
    return file ? this.file(file, item, run) : 'not_due_any_more';
  }

  private async person(id: string): Promise<Done> {
    if ((await this.held([id])).has(id)) return 'on_hold';
    const { erased, count } = await this.eraser.erasePersons([id], (ids) => this.held(ids), { own: true });
    return count > 0 ? { erased, persons: count } : 'still_needed';
  }

  private async file(file: RetainedFile, { kind }: ErasureItem, run: ErasureRun): Promise<Done> {
    await this.eraser.awaitPerson(file.personId);
    // Rules, birth date and holds may have changed since the proposal.
    await this.scheduling.schedule(file);
    const held = await this.decisions.isHeld(file);
    const obstacle = this.decisions.obstacle(file, kind, await this.rules.inForce(), held);
    if (obstacle !== null) return WHY[obstacle];
    // Kept by another rule by now, or erased by another run.
    if (!file.openKinds.includes(kind)) return 'not_due_any_more';
    if (run.occasion === 'due' && !file.dueAt(this.clock.today()).some((term) => term.kind === kind))
      return 'not_due_any_more';
    const requests = file.kind === 'case' ? await this.files.ofCase(file.id) : [];
    const ready = [await this.eraser.claim(file.kind, file.id)];
    for (const { id } of requests) ready.push(await this.eraser.claim('request', id));
    if (ready.includes('busy')) return 'being_written';
    if (ready[0] === 'living') return 'in_use';
    const within = WITHIN_CASE.find((one) => one.kind === kind);
    if (within) {
      const { erased } = await this.eraser.eraseFile('case', file.id, within.tables);
      file.erase(kind);
      this.files.store(file);
      // Another kind of the same file may come next.
      await this.uow.flush();
      return { erased, persons: 0 };
    }
    if (file.kind === 'case') await this.before.caseFile({ caseId: file.id, runId: run.id });
    return this.whole(file, requests);
  }

  /** The file, the requests it began with, and the persons whom nobody needs any more. */
  private async whole(file: RetainedFile, requests: readonly RetainedFile[]): Promise<Done> {
    const parts = [];
    for (const one of [...requests, file]) parts.push(await this.eraser.eraseFile(one.kind, one.id, 'all'));
    const named = [...new Set(parts.flatMap(({ persons }) => persons))];
    const persons = await this.eraser.erasePersons(named, (ids) => this.held(ids));
    return { erased: [...parts.flatMap(({ erased }) => erased), ...persons.erased], persons: persons.count };
  }

  private held(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.holds.on(ids, this.clock.today());
  }
}
