import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { CRITERIA } from '../../domain/intake/intake.words';
import { CRITERION_TEXTS } from '../../domain/intake/screening-questions';
import { ScreeningQuestionSetRepository } from './screening-question-set.repository';

const ROW = `json_build_object('id', q.id, 'version', q.version, 'status', q.status, 'edition', q.edition, 'title', q.title,
  'questions', q.questions, 'writtenBy', q.written_by, 'writtenAt', q.written_at, 'publishedBy', q.published_by,
  'publishedAt', q.published_at)::text`;

/** Reads what is asked in a screening. */
@Injectable()
export class ScreeningQuestionSetQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly sets: ScreeningQuestionSetRepository,
  ) {}

  /** All that is asked now: the six criteria, then what the organisation added. */
  async inForce(): Promise<Answer<object>> {
    const { id, edition, questions } = await this.sets.inForce();
    const criteria = CRITERIA.map((criterion) => ({ criterion, text: CRITERION_TEXTS[criterion] }));
    return new Answer({ questionSet: { id, edition }, criteria, questions }, null);
  }

  async get(id: string): Promise<Resource> {
    const row = await this.uow.one<{ json: string; version: number }>(
      `select ${ROW} as json, q.version from cases.screening_question_set q where q.tenant_id = $1 and q.id = $2`,
      [context().tenantId, id],
    );
    if (!row) throw new NotFound('screening question set', id);
    return new Resource(row.json, row.version, null);
  }

  /** Drafts and editions, the newest first. */
  list(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: ROW,
        sources: [`from cases.screening_question_set q where q.tenant_id = ${p.add(context().tenantId)}`],
        keys: [{ column: 'q.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'screening-question-sets' },
        subject: null,
      },
      query,
      p,
    );
  }
}
