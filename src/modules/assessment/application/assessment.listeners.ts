import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { CaseReader } from '../../case';
import { PersonMerged } from '../../case/events';
import { ConsentReader } from '../../consent';
import { ConsentWithdrawn } from '../../consent/events';
import { AssessmentRepository } from './assessment.repository';

/** CONS-2: without participation there is no assessment. */
@Subscription('assessment.consent-withdrawn')
export class ParticipationEnd {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly assessments: AssessmentRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  /** Stops the person's open assessments — all of the case's when it is the client — unless another consent carries on. */
  @OnEvent(ConsentWithdrawn)
  async withdrawn({ kind, caseId, personId, at }: ConsentWithdrawn): Promise<void> {
    if (kind !== 'participation' || (await this.consents.participation(caseId, personId))) return;
    const ofWholeCase = (await this.cases.find(caseId))?.personId === personId;
    const p = new Parameters();
    const open = await this.uow.query<{ id: string }>(
      `select id from assessment.assessment where tenant_id = ${p.add(context().tenantId)} and case_id = ${p.add(caseId)}
         and status = 'open' and (${p.add(ofWholeCase)}::boolean or person_id = ${p.add(personId)}) order by id for update`,
      p.values,
    );
    for (const { id } of open) {
      const assessment = await this.assessments.get(id);
      assessment.stop('consent_withdrawn', { by: context().user!.subject, at });
      this.assessments.store(assessment);
    }
  }
}

/** CASE-1: nothing is lost by a merge; the assessments of a duplicate are those of the person that stays. */
@Subscription('assessment.persons')
export class AssessmentPersons {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: CaseReader,
  ) {}

  @OnEvent(PersonMerged)
  async merged({ aggregateId, survivorId }: PersonMerged): Promise<void> {
    const { tenantId } = context();
    const cases = await this.uow.query<{ case_id: string }>(
      'select distinct case_id from assessment.assessment where tenant_id = $1 and person_id = $2',
      [tenantId, aggregateId],
    );
    for (const { case_id: caseId } of cases) {
      // The case may have followed the merge already or not yet.
      const client = (await this.cases.find(caseId))?.personId ?? '';
      const ofClient = [aggregateId, survivorId].includes(client);
      this.uow.write({
        sql: (add) => `
          update assessment.assessment set person_id = ${add(survivorId)}, of_client = of_client or ${add(ofClient)}::boolean,
            version = version + 1
          where tenant_id = ${add(tenantId)} and case_id = ${add(caseId)} and person_id = ${add(aggregateId)}`,
      });
    }
  }
}
