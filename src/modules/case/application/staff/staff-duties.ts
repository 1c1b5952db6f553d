import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../shared/domain/clock';
import type { Warning } from '../../../../shared/http/answer';
import { AbsenceRepository } from './absence.repository';
import { WorkPolicyRepository } from './work-policy.repository';

/** What others rely on somebody for beside their cases (CASE-7). */
@Injectable()
export class StaffDuties {
  constructor(
    private readonly clock: Clock,
    private readonly absences: AbsenceRepository,
    private readonly policies: WorkPolicyRepository,
  ) {}

  /** What is left to be settled by hand when somebody goes. */
  async left(subject: string): Promise<Warning[]> {
    const relying = await this.absences.relyingOn(subject, { fromOn: this.clock.today(), untilOn: '9999-12-31' });
    const { owners } = await this.policies.current();
    return [
      ...(relying.length > 0 ? [STANDS_IN] : []),
      ...(owners.some((owner) => owner.subject === subject) ? [OWNS_TEAM] : []),
    ];
  }
}

const STANDS_IN: Warning = {
  code: 'stands-in-for-others',
  detail: {
    en: 'This person is deputy for absent colleagues, today or later. Name somebody else in these absences (PUT /v1/absences/{id}).',
    de: 'Diese Person ist heute oder später Stellvertretung für abwesende Kolleginnen oder Kollegen. Tragen Sie dort eine andere ein (PUT /v1/absences/{id}).',
  },
};
const OWNS_TEAM: Warning = {
  code: 'answers-for-team',
  detail: {
    en: 'This person is named for a team or for the organisation in the work policy. Name somebody else there (PUT /v1/work-policy, owners).',
    de: 'Diese Person ist in den Arbeitsregeln für ein Team oder die Organisation benannt. Benennen Sie dort jemand anderen (PUT /v1/work-policy, owners).',
  },
};
