import { Injectable, Logger } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { seal } from '../../../shared/vault/sealed';
import { Daily, type DailyJob, Sweep } from '../../../shared/operation/daily-jobs';
import { exportPdf } from '../../../rendering/personal-data-export.pdf';
import { EXPORT_TRIES } from '../domain/personal-data-export.entity';
import { PersonalDataCopy } from './personal-data-copy';
import { type ExportFile, PersonalDataExportRepository } from './personal-data-export.repository';
import { SubjectRequestRepository } from './subject-request.repository';

/** What a file is sealed for: it opens as that file of that export and nothing else. */
export const exportPurpose = (id: string, kind: ExportFile['kind']): Buffer =>
  Buffer.from(`personal-data-export:${context().tenantId}:${id}:${kind}`);

/**
 * Makes the copies that wait. Who takes one up has it for ten minutes; where the process dies, another takes it up after
 * that, and of two that finish the same copy the second finds it done (its version has changed) and stores nothing.
 */
@Injectable()
@Sweep('consent.personal-data-exports')
export class PersonalDataExportWork implements DailyJob {
  private readonly log = new Logger('PersonalDataExport');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly exports: PersonalDataExportRepository,
    private readonly requests: SubjectRequestRepository,
    private readonly copy: PersonalDataCopy,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (const id of await this.exports.waiting(this.clock.now())) {
      const tries = await this.exports.claim(id, this.clock.now());
      if (tries === null) continue;
      try {
        // One that ended every process that took it up leaves nothing but its tries.
        if (tries > EXPORT_TRIES) await this.giveUp(id);
        else await this.make(id);
      } catch (error) {
        this.log.error({ msg: 'export failed', id, tries, error: error instanceof Error ? error.name : typeof error });
        if (tries >= EXPORT_TRIES) await this.giveUp(id);
      }
    }
  }

  private make(id: string): Promise<void> {
    return this.uow.run(async () => {
      const wanted = await this.exports.get(id);
      const stamp = this.stamp();
      // A merge, or one taken back, gave the request to another record: a copy for it has to be asked for anew.
      if ((await this.requests.find(wanted.subjectRequestId))?.personId !== wanted.personId) {
        wanted.giveUp(stamp);
        return this.exports.store(wanted);
      }
      const key = await this.persons.keyOf(wanted.personId);
      if (!key) throw new Error('The person is not on record any more');
      const document = await this.copy.of(wanted.personId, wanted.subjectRequestId, stamp.at);
      const files: [ExportFile['kind'], Buffer][] = [
        ['json', Buffer.from(JSON.stringify(document, null, 1))],
        ['pdf_en', await exportPdf(document, 'en')],
        ['pdf_de', await exportPdf(document, 'de')],
      ];
      for (const [kind, content] of files)
        this.exports.addFile(wanted, { kind, sealed: seal(content.toString('base64'), key, exportPurpose(id, kind)) });
      wanted.complete(stamp);
      this.exports.store(wanted);
    });
  }

  private giveUp(id: string): Promise<void> {
    return this.uow.run(async () => {
      const wanted = await this.exports.get(id);
      wanted.giveUp(this.stamp());
      this.exports.store(wanted);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}

/** Deletes the files of copies after their time. */
@Injectable()
@Daily('consent.personal-data-export-expiry')
export class PersonalDataExportExpiry implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exports: PersonalDataExportRepository,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (const id of await this.exports.pastTime(this.clock.now()))
      await this.uow.run(async () => {
        const made = await this.exports.get(id);
        made.expire();
        this.exports.dropFiles(id);
        this.exports.store(made);
      });
  }
}
