import { Injectable } from '@nestjs/common';
import { CasePersons } from '../../../shared/auth/case-persons';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import type { Stamp } from '../../../shared/domain/aggregate-root';
import { Clock } from '../../../shared/domain/clock';
import { InvalidInput } from '../../../shared/domain/errors';
import { Receipt } from '../../../shared/http/answer';
import { SubjectRequest } from '../domain/subject-request.entity';
import type { DecisionTerms, SubjectRequestTerms } from '../domain/subject-request.terms';
import type { IdentityProof } from '../domain/subject-request.words';
import { PersonalDataExportRepository } from './personal-data-export.repository';
import { ProcessingRestrictionRepository } from './processing-restriction.repository';
import { NO_SUCH_PERSON, NO_OWN_PERSON } from './subject-request.faults';
import { SubjectRequestRepository } from './subject-request.repository';

/** A request as it is filed; from the own account nearly everything goes without saying. */
export type FiledRequest = Pick<SubjectRequestTerms, 'kind' | 'wish'> & Partial<SubjectRequestTerms>;

/** CONS-6: files requests of data subjects and works on them to the answer. */
@Injectable()
export class SubjectRequestService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly requests: SubjectRequestRepository,
    private readonly exports: PersonalDataExportRepository,
    private readonly restrictions: ProcessingRestrictionRepository,
    private readonly persons: CasePersons,
    private readonly clock: Clock,
  ) {}

  /** Staff record what came in; whoever has an own account files for themselves. */
  file(filed: FiledRequest): Promise<Receipt> {
    return this.uow.run(async () => {
      const { user, relationships } = context();
      const own = !relationships.includes('organisation');
      const named = own ? await this.persons.ofAccount(user!.subject) : filed.personId;
      if (!named || (own && filed.personId && filed.personId !== named)) throw new InvalidInput([NO_OWN_PERSON]);
      const personId = await this.persons.surviving(named);
      if (!personId || !(await this.persons.stays(personId))) throw new InvalidInput([NO_SUCH_PERSON]);
      const { kind, wish, receivedOn = this.clock.today(), channel = 'in_person', asker = { kind: 'person' } } = filed;
      const terms: SubjectRequestTerms = own
        ? { personId, kind, wish, receivedOn: this.clock.today(), channel: 'portal', asker: { kind: 'person' } }
        : { personId, kind, wish, receivedOn, channel, asker };
      const request = SubjectRequest.receive(terms, this.stamp(), own);
      this.requests.store(request);
      return Receipt.of(request);
    });
  }

  confirmIdentity(id: string, expected: Expected, proof: IdentityProof, note: string | null): Promise<Receipt> {
    return this.change(id, expected, (request) => request.confirmIdentity(proof, note, this.stamp()));
  }

  extend(id: string, expected: Expected, { reason, toldOn }: { reason: string; toldOn: string }): Promise<Receipt> {
    return this.change(id, expected, (request) => request.extend(reason, toldOn, this.stamp()));
  }

  addStep(id: string, expected: Expected, what: string): Promise<Receipt> {
    return this.change(id, expected, (request) => request.addStep(what, this.stamp()));
  }

  decide(id: string, expected: Expected, terms: DecisionTerms): Promise<Receipt> {
    return this.change(id, expected, async (request) =>
      request.decide(terms, await this.undone(request), this.stamp()),
    );
  }

  /** What a person asked for and nobody has done yet, by code. */
  private async undone({ id, kind, personId }: SubjectRequest): Promise<string[]> {
    if (kind === 'restriction') return (await this.restrictions.inForce(personId)) ? [] : ['restriction-not-made'];
    if (kind === 'access') return (await this.exports.madeFor(id)) ? [] : ['export-not-made'];
    return [];
  }

  private change(
    id: string,
    expected: Expected,
    step: (request: SubjectRequest) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      const request = await this.requests.get(id, expected);
      await step(request);
      this.requests.store(request);
      return Receipt.of(request);
    });
  }

  private stamp(): Stamp {
    return { by: context().user!.subject, at: this.clock.now() };
  }
}
