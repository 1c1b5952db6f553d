import { OnEvent, Subscription } from '../../../shared/events/on-event';
import {
  CaseClosed,
  CaseOpened,
  CaseReopened,
  PersonMerged,
  PersonUnmerged,
  RequestDeclined,
  RequestRecorded,
} from '../../case/events';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { localDay } from '../../../shared/domain/local-day';
import { Eraser } from '../../../shared/privacy/eraser';
import type { LegalHold } from '../domain/legal-hold.entity';
import { RetainedFile } from '../domain/retained-file.entity';
import { RetentionRuleSet } from '../events';
import { LegalHoldRepository, RetainedFileRepository } from './repositories';
import { Scheduling } from './scheduling';

/** CONS-6: follows requests and cases from their beginning to their end. */
@Subscription('retention.files')
export class FileListeners {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: RetainedFileRepository,
    private readonly holds: LegalHoldRepository,
    private readonly scheduling: Scheduling,
    private readonly eraser: Eraser,
  ) {}

  @OnEvent(RequestRecorded)
  recorded({ aggregateId, personId, fieldOfPractice }: RequestRecorded): Promise<void> {
    return this.uow.run(async () => {
      this.files.store(RetainedFile.begin('request', aggregateId, personId, fieldOfPractice));
      return Promise.resolve();
    });
  }

  @OnEvent(RequestDeclined)
  declined({ aggregateId, at }: RequestDeclined): Promise<void> {
    return this.end(aggregateId, at);
  }

  @OnEvent(CaseOpened)
  opened({ caseId, requestId, personId, fieldOfPractice }: CaseOpened): Promise<void> {
    return this.uow.run(async () => {
      this.files.store(RetainedFile.begin('case', caseId, personId, fieldOfPractice));
      const request = await this.files.find(requestId);
      if (!request) return;
      request.becomeCase(caseId);
      this.files.store(request);
    });
  }

  @OnEvent(CaseClosed)
  closed({ caseId, at }: CaseClosed): Promise<void> {
    return this.end(caseId, at);
  }

  @OnEvent(CaseReopened)
  reopened({ caseId }: CaseReopened): Promise<void> {
    return this.uow.run(async () => {
      const file = await this.files.find(caseId);
      if (!file) return;
      file.reopen();
      this.files.store(file);
    });
  }

  @OnEvent(PersonMerged)
  merged({ aggregateId, survivorId, at }: PersonMerged): Promise<void> {
    return this.uow.run(async () => {
      for (const file of await this.files.ofPerson(aggregateId)) {
        file.belongTo(survivorId);
        this.files.store(file);
      }
      await this.carry(await this.holds.of(aggregateId), survivorId, at);
    });
  }

  /** Requests went back with the event itself, cases follow it; so do the holds that were placed on both as one. */
  @OnEvent(PersonUnmerged)
  unmerged({ aggregateId, survivorId, mergeId, caseIds, at }: PersonUnmerged): Promise<void> {
    return this.uow.run(async () => {
      // Ids are made in the order of time.
      const since = (await this.holds.of(survivorId)).filter(({ id }) => id > mergeId);
      await this.carry(since, aggregateId, at);
      for (const file of await this.files.ofPerson(survivorId)) {
        const back =
          file.kind === 'case'
            ? caseIds.includes(file.id)
            : (await this.eraser.clientOf('request', file.id)) === aggregateId;
        if (!back) continue;
        file.belongTo(aggregateId);
        this.files.store(file);
      }
    });
  }

  /** Holds that are there already with the same words are not placed again. */
  private async carry(holds: readonly LegalHold[], personId: string, at: string): Promise<void> {
    const there = await this.holds.of(personId);
    for (const hold of holds)
      if (!there.some((other) => other.isLike(hold)))
        this.holds.store(hold.carryTo(personId, { by: context().user!.subject, at }));
  }

  private end(id: string, at: string): Promise<void> {
    return this.uow.run(async () => {
      const file = await this.files.find(id);
      if (!file) return;
      file.end(localDay(at));
      await this.scheduling.schedule(file);
      this.files.store(file);
    });
  }
}

/** CONS-6: another rule moves the end of all files it is about. */
@Subscription('retention.rules')
export class RuleListeners {
  constructor(private readonly scheduling: Scheduling) {}

  @OnEvent(RetentionRuleSet)
  async set(_event: RetentionRuleSet): Promise<void> {
    await this.scheduling.all();
  }
}
