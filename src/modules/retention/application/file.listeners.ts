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
      for (const hold of await this.holds.of(aggregateId))
        this.holds.store(hold.carryTo(survivorId, { by: context().user!.subject, at }));
    });
  }

  /** Requests went back with the event itself, cases follow it. */
  @OnEvent(PersonUnmerged)
  unmerged({ aggregateId, survivorId, caseIds }: PersonUnmerged): Promise<void> {
    return this.uow.run(async () => {
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
