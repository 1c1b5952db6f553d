import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Answer } from '../../../shared/http/answer';
import { SteeringGuests } from '../../case';

type GuestResult = { id: string; instrument: string; kind: string; completedOn: string; result: object };

/** What a guest reads of the assessments: results the client agreed on, not who answered what (CASE-11). */
@Injectable()
export class GuestResultQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly guests: SteeringGuests,
  ) {}

  /** The latest ten completed assessments of the client, latest first. */
  results(id: string): Promise<Answer<{ data: GuestResult[] }>> {
    return this.guests.read(id, 'assessment_result', async ({ facts: { caseId, personId } }) => {
      const data = await this.uow.query<GuestResult>(
        `select a.id, a.instrument, a.kind, a.completed_on::text as "completedOn", a.result from assessment.assessment a
         where a.tenant_id = $1 and a.case_id = $2 and a.person_id = $3 and a.status = 'completed'
         order by a.completed_on desc, a.id desc limit 10`,
        [context().tenantId, caseId, personId],
      );
      return new Answer({ data }, { resourceType: 'assessment', resourceIds: data.map((one) => one.id), caseId });
    });
  }
}
