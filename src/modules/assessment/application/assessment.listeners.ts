import { context } from '../../../shared/context';
import { Parameters, UnitOfWork } from '../../../shared/database/unit-of-work';
import { FollowedReferences, type Place, personColumn } from '../../../shared/database/followed-references';
import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { CaseReader } from '../../case';
import { CasePersonRestored, PersonMerged, PersonUnmerged } from '../../case/events';
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

const PERSON = personColumn('assessment.assessment');
/** That an assessment is of the client, where it was of another member of the family. */
const OF_CLIENT: Place = {
  name: 'assessment.assessment.of_client',
  table: 'assessment.assessment',
  speaksOf: (person) => `t.person_id = ${person}`,
  turn: () => 'of_client = not t.of_client',
};

/** CASE-1: nothing is lost by a merge; the assessments of a duplicate are those of the person that stays, until it is taken back. */
@Subscription('assessment.persons')
export class AssessmentPersons {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: CaseReader,
    private readonly followed: FollowedReferences,
  ) {}

  @OnEvent(PersonMerged)
  async merged({ aggregateId, survivorId, mergeId }: PersonMerged): Promise<void> {
    const merge = { mergeId, merged: aggregateId, survivor: survivorId };
    const rows = await this.uow.query<{ case_id: string }>(
      'select distinct case_id from assessment.assessment where tenant_id = $1 and person_id = $2 and not of_client',
      [context().tenantId, aggregateId],
    );
    for (const { case_id: caseId } of rows) {
      // The case may have followed the merge already or not yet.
      const client = (await this.cases.find(caseId))?.personId ?? '';
      if ([aggregateId, survivorId].includes(client))
        await this.followed.follow(OF_CLIENT, merge, (p) => `not t.of_client and t.case_id = ${p.add(caseId)}::uuid`);
    }
    await this.followed.follow(PERSON, merge);
  }

  @OnEvent(PersonUnmerged)
  async unmerged({ aggregateId, survivorId, mergeId }: PersonUnmerged): Promise<void> {
    const merge = { mergeId, merged: aggregateId, survivor: survivorId };
    await this.followed.back(OF_CLIENT, merge);
    await this.followed.back(PERSON, merge);
  }

  /** In a case that is about the person again, what was assessed since is theirs as well. */
  @OnEvent(CasePersonRestored)
  restored(event: CasePersonRestored): Promise<void> {
    return this.followed.restore(PERSON, event);
  }
}
