import { Injectable } from '@nestjs/common';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Receipt, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { stampBy } from '../../../../shared/stamp';
import type { CandidateState } from '../../domain/persons/duplicate-candidate.words';
import { DuplicateCandidateRepository } from './duplicate-candidate.repository';

const ROW = `json_build_object('id', d.id, 'version', d.version, 'personId', d.person_id, 'otherId', d.other_id, 'score', d.score,
  'reasons', d.reasons, 'status', d.status, 'dismissal', d.dismissal, 'foundAt', d.found_at)::text`;

/** Likeness says something of both: neither may be restricted (GDPR 18). */
const free = ({ add }: Parameters): string => `${freePerson('d.person_id', add)} and ${freePerson('d.other_id', add)}`;

/** Possible duplicates to be decided on (CASE-1). */
@Injectable()
export class DuplicateCandidateService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly candidates: DuplicateCandidateRepository,
  ) {}

  dismiss(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const candidate = await this.candidates.get(id, expected);
      candidate.dismiss(reason, stampBy(this.clock));
      this.candidates.store(candidate);
      return Receipt.of(candidate);
    });
  }

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const row = await this.uow.one<{ json: string; version: number }>(
      `select d.version, ${ROW} as json from cases.duplicate_candidate d
       where d.tenant_id = ${p.add(context().tenantId)} and d.id = ${p.add(id)} and ${free(p)}`,
      p.values,
    );
    if (!row) throw new NotFound('duplicate candidate', id);
    return new Resource(row.json, row.version, {
      resourceType: 'duplicate_candidate',
      resourceIds: [id],
      caseId: null,
    });
  }

  /** The likeliest first. */
  list(query: PageQuery & { status?: CandidateState }): Promise<Page> {
    const p = new Parameters();
    const { status = 'open' } = query;
    return this.pages.read(
      {
        row: ROW,
        sources: [
          `from cases.duplicate_candidate d where d.tenant_id = ${p.add(context().tenantId)} and d.status = ${p.add(status)}
             and ${free(p)}`,
        ],
        keys: [
          { column: 'd.score', type: 'int' },
          { column: 'd.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'duplicate-candidates', status },
        subject: { type: 'duplicate_candidate', id: 'd.id' },
      },
      query,
      p,
    );
  }
}
