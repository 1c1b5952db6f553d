import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Download, Receipt } from '../../../shared/http/answer';
import { unseal } from '../../../shared/vault/sealed';
import { sweepSoon } from '../../../shared/operation/daily-jobs';
import { PersonalDataExport } from '../domain/personal-data-export.entity';
import { type ExportFile, PersonalDataExportRepository } from './personal-data-export.repository';
import { PersonalDataExportQueries } from './personal-data-export.queries';
import { exportPurpose } from './personal-data-export.work';
import { SubjectRequestRepository } from './subject-request.repository';

const TYPES: Record<ExportFile['kind'], [type: string, ending: string]> = {
  json: ['application/json; charset=utf-8', 'json'],
  pdf_en: ['application/pdf', 'en.pdf'],
  pdf_de: ['application/pdf', 'de.pdf'],
};

/** GDPR 15, 20: asks for copies of a person's data, and hands them out. */
@Injectable()
export class PersonalDataExportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exports: PersonalDataExportRepository,
    private readonly requests: SubjectRequestRepository,
    private readonly queries: PersonalDataExportQueries,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  /** The copy is made in the background, from the commit on. */
  ask(subjectRequestId: string): Promise<Receipt> {
    return this.uow.run(async () => {
      const request = await this.requests.get(subjectRequestId);
      request.requireCopyable();
      const stamp = { by: context().user!.subject, at: this.clock.now() };
      const made = PersonalDataExport.ask(request.personId, subjectRequestId, stamp);
      this.exports.store(made);
      if (!(await this.persons.stays(made.personId))) throw new NotFound('subject request', subjectRequestId);
      this.uow.write(sweepSoon);
      return Receipt.of(made);
    });
  }

  /** One file, opened; who may read the export may have it. */
  async download(id: string, kind: ExportFile['kind']): Promise<Download> {
    await this.queries.byId(id);
    const made = await this.exports.get(id);
    made.requireReadable(this.clock.now());
    const [sealed, key] = await Promise.all([this.exports.file(id, kind), this.persons.keyOf(made.personId)]);
    // Where the person was erased nobody can open it any more.
    if (!sealed || !key) throw new NotFound('personal data export', id);
    const content = Buffer.from(unseal(sealed, key, exportPurpose(id, kind)), 'base64');
    const [type, ending] = TYPES[kind];
    const subject = { resourceType: `personal_data_export_${kind}`, resourceIds: [id, made.personId], caseId: null };
    return new Download(content, type, `personal-data-${id}.${ending}`, subject);
  }
}
