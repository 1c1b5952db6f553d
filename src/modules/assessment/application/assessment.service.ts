import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import { CaseReader, requireOfCase } from '../../case';
import { ConsentReader } from '../../consent';
import { Assessment, type ClientAgreement, type StartTerms } from '../domain/assessment.entity';
import type { GivenPerspective, PerspectiveKind } from '../domain/perspective';
import { rules } from '../domain/refusals';
import type { ResultTerms } from '../domain/result';
import { AssessmentRepository } from './assessment.repository';

/** Carries out an assessment from its start to its completion. */
@Injectable()
export class AssessmentService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly assessments: AssessmentRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
    private readonly clock: Clock,
  ) {}

  /** ASMT-3. A withdrawal of participation at the same time waits, and then stops the assessment. */
  start(caseId: string, terms: StartTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const facts = await this.cases.requireActive(caseId);
      if (facts.phase !== 'assessment') throw rules.broken('not-in-assessment-phase', { caseId, phase: facts.phase });
      if (!(await this.consents.participation(caseId, facts.personId)))
        throw rules.broken('assessment-needs-participation', { caseId });
      requireOfCase(facts, terms.personId, '#/personId');
      const previous = terms.previousId ? await this.assessments.find(terms.previousId) : null;
      const assessment = Assessment.start(
        caseId,
        terms,
        terms.personId === facts.personId,
        previous,
        stampBy(this.clock),
      );
      this.assessments.store(assessment);
      return Receipt.of(assessment);
    });
  }

  /** ASMT-2. */
  give(id: string, expected: Expected, given: GivenPerspective): Promise<Receipt> {
    return this.change(id, expected, (assessment, giver) => assessment.give(given, giver, stampBy(this.clock)));
  }

  explainMissing(id: string, expected: Expected, perspective: PerspectiveKind, reason: string): Promise<Receipt> {
    return this.change(id, expected, (assessment) =>
      assessment.explainMissing(perspective, reason, stampBy(this.clock)),
    );
  }

  /** ASMT-4. */
  recordResult(id: string, expected: Expected, result: ResultTerms): Promise<Receipt> {
    return this.change(id, expected, (assessment) => assessment.recordResult(result, stampBy(this.clock)));
  }

  /** ASMT-5. */
  complete(id: string, expected: Expected, agreement: ClientAgreement | undefined): Promise<Receipt> {
    return this.change(id, expected, (assessment) => assessment.complete(agreement, stampBy(this.clock)));
  }

  /** Loads it for whoever may see it, in a case that is active, and stores what `work` did. */
  private change(
    id: string,
    expected: Expected,
    work: (assessment: Assessment, giver: 'client' | 'staff') => void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const assessment = await this.assessments.get(id);
      const facts = await this.cases.requireActive(assessment.caseId);
      const giver = facts.clients.includes(context().user!.subject) ? 'client' : 'staff';
      // Clients see what is about themselves, not the assessments of others in the family.
      if (giver === 'client' && !assessment.ofClient) throw new NotFound('assessment', id);
      this.assessments.requireVersion(assessment, expected);
      work(assessment, giver);
      this.assessments.store(assessment);
      return Receipt.of(assessment);
    });
  }
}
