import { Injectable } from '@nestjs/common';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import type { CaseFileKind } from '../domain/rule.words';
import { RetainedFileRepository } from './repositories';
import { Scheduling } from './scheduling';

/** By which rule the file of a case is kept (CONS-6). */
@Injectable()
export class FileService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: RetainedFileRepository,
    private readonly scheduling: Scheduling,
  ) {}

  classify(id: string, kind: CaseFileKind, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      // An erasure under way by the rule before comes first, or not any more.
      await this.scheduling.takeTurns();
      const file = await this.files.get(id, expected);
      file.classify(kind, reason, stampBy(this.clock));
      await this.scheduling.schedule(file);
      this.files.store(file);
      return Receipt.of(file);
    });
  }
}
