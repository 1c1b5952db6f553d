import { Injectable } from '@nestjs/common';
import { context, runInContext } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { InvalidInput } from '../../../../shared/domain/errors';
import { Receipt, type Warning } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { CaseRequest } from '../../domain/intake/case-request.entity';
import type { CrisisIntervention, Danger, Decline, NewRequest } from '../../domain/intake/case-request.values';
import type { ScreeningDraft } from '../../domain/intake/screening';
import { type GivenAnswers, answerQuestions } from '../../domain/intake/screening-questions';
import { type NewPerson, Person } from '../../domain/persons/person.entity';
import { OpenCases } from '../case/open-cases';
import { PersonDuplicates } from '../persons/person.duplicates';
import { PersonRepository } from '../persons/person.repository';
import { CaseRequestRepository } from './case-request.repository';
import { ScreeningQuestionSetRepository } from './screening-question-set.repository';

/** For whom help is asked: a person on record, or one recorded with the request. */
export type Concerned = { personId?: string; person?: NewPerson };

/** From the first contact to the decision on it (CASE-1 … CASE-4). */
@Injectable()
export class CaseRequestService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly requests: CaseRequestRepository,
    private readonly persons: PersonRepository,
    private readonly duplicates: PersonDuplicates,
    private readonly openCases: OpenCases,
    private readonly questions: ScreeningQuestionSetRepository,
  ) {}

  record(given: NewRequest, concerned: Concerned): Promise<Receipt> {
    const record = () =>
      this.uow.run(async () => {
        const stamp = stampBy(this.clock);
        const { personId, warnings } = await this.concerned(concerned, stamp);
        const request = CaseRequest.record(personId, given, stamp);
        this.requests.store(request);
        return Receipt.of(request, warnings);
      });
    return given.acuteDanger ? inDanger(record) : record();
  }

  raiseDanger(id: string, danger: Danger, expected: Expected): Promise<Receipt> {
    return inDanger(() => this.change(id, expected, (request, stamp) => request.raiseDanger(danger, stamp)));
  }

  recordCrisisIntervention(id: string, intervention: CrisisIntervention, expected: Expected): Promise<Receipt> {
    return inDanger(() =>
      this.change(id, expected, (request, stamp) => request.recordCrisisIntervention(intervention, stamp)),
    );
  }

  /** The draft is held against the questions in force now; it is completed with these. */
  draftScreening(id: string, draft: ScreeningDraft, answers: GivenAnswers, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      const questions = await this.questions.inForce();
      return this.change(id, expected, (request) =>
        request.draftScreening(draft, answerQuestions(questions, answers, '#/answers')),
      );
    });
  }

  completeScreening(id: string, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (request, stamp) => {
      const counterIndications = request.completeScreening(stamp);
      if (counterIndications.length === 0) return [];
      return [notIndicated(counterIndications)];
    });
  }

  decline(id: string, decline: Decline, expected: Expected): Promise<Receipt> {
    return this.change(id, expected, (request, stamp) => request.declineWith(decline, decider(), stamp));
  }

  confirmDecline(
    id: string,
    confirmation: { confirmed: boolean; note: string | null },
    expected: Expected,
  ): Promise<Receipt> {
    return this.change(id, expected, (request, stamp) => request.confirmDecline(confirmation, decider(), stamp));
  }

  private change(
    id: string,
    expected: Expected,
    step: (request: CaseRequest, stamp: Stamp) => Warning[] | void,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const request = await this.requests.get(id, expected);
      const warnings = step(request, stampBy(this.clock));
      this.requests.store(request);
      return Receipt.of(request, warnings ?? []);
    });
  }

  /** One read either way; a person being merged at this moment is noticed by the write itself. */
  private async concerned(
    { personId, person }: Concerned,
    stamp: Stamp,
  ): Promise<{ personId: string; warnings: Warning[] }> {
    if ((personId === undefined) === (person === undefined))
      throw new InvalidInput(
        ['#/personId', '#/person'].map((pointer) => ({
          pointer,
          code: 'one-of-both',
          detail: { en: 'Give either personId or person', de: 'Geben Sie entweder personId oder person an' },
        })),
      );
    if (person) {
      const recorded = Person.record(person, stamp, '#/person');
      await this.persons.add(recorded);
      return { personId: recorded.id, warnings: await this.duplicates.warnings(recorded) };
    }
    await this.persons.requireOnRecord(personId!);
    return { personId: personId!, warnings: await this.openCases.warnings(personId!) };
  }
}

/**
 * CASE-2, GDPR 18 (2): danger comes first, a restriction of processing notwithstanding: what protects somebody is recorded,
 * and tells nothing of what is restricted.
 */
const inDanger = <T>(work: () => Promise<T>): Promise<T> => runInContext({ ...context(), passage: 'all' }, work);

const decider = () => ({ isTeamLead: context().user!.roles.includes('team_lead') });

const notIndicated = (against: readonly string[]): Warning => ({
  code: 'not-indicated',
  detail: {
    en: `Case management is not indicated: ${against.join(', ')}. Decline the request and refer the person on.`,
    de: `Case Management ist nicht indiziert: ${against.join(', ')}. Lehnen Sie die Anfrage ab und verweisen Sie die Person weiter.`,
  },
});
