import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { Receipt } from '../../../../shared/http/answer';
import { Case } from '../../domain/case/case.entity';
import type { CaseRequest } from '../../domain/intake/case-request.entity';
import { caseRules } from '../../domain/case/case.refusals';
import { Caseload, mayAssign } from '../staff/caseload';
import { CaseRequestRepository } from '../intake/case-request.repository';
import { PersonRepository } from '../persons/person.repository';
import { RelatedCases } from '../steering/related-cases';
import { CaseRepository } from './case.repository';
import { OpenCases } from './open-cases';

/** Who is to carry the case that a request becomes. */
export type OpeningTerms = {
  requestId: string;
  responsible?: string;
  team?: string;
  intensity?: number;
  overLimitReason?: string;
};

/** Makes cases of indicated requests (CASE-3, CASE-5). */
@Injectable()
export class CaseOpeningService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly access: CaseAccess,
    private readonly cases: CaseRepository,
    private readonly requests: CaseRequestRepository,
    private readonly persons: PersonRepository,
    private readonly caseload: Caseload,
    private readonly openCases: OpenCases,
    private readonly related: RelatedCases,
  ) {}

  /**
   * The request and the person are locked: of two openings at once one succeeds and the other is told that the request is
   * accepted; and an account given to the person meanwhile is not missed.
   */
  open({ requestId, overLimitReason, intensity = 1, ...terms }: OpeningTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const user = context().user!;
      const responsible = terms.responsible ?? user.subject;
      const team = terms.team ?? (user.teams.length === 1 ? user.teams[0]! : null);
      this.requireMayAssign(responsible, team);
      await this.uow.lock();
      const request = await this.lockedRequest(requestId);
      const { portalSubject } = await this.persons.get(request.personId);
      const stamp: Stamp = { by: user.subject, at: this.clock.now() };
      const opened = Case.open(
        {
          requestId,
          personId: request.personId,
          fieldOfPractice: request.fieldOfPractice,
          ...request.screeningFacts,
          responsible,
          team,
          intensity,
          clients: portalSubject ? [portalSubject] : [],
          overLimitReason: await this.caseload.makeRoom(responsible, intensity, overLimitReason),
        },
        stamp,
      );
      request.accept(opened.id);
      this.requests.store(request);
      this.cases.store(opened);
      return Receipt.of(opened, [
        ...(await this.caseload.qualificationWarnings(responsible)),
        ...(await this.openCases.warnings(request.personId)),
        ...(await this.related.warnings({ personId: request.personId, caseId: null })),
      ]);
    });
  }

  /** The request with its person locked, in the order in which a merge locks them; the person may follow one meanwhile. */
  private async lockedRequest(requestId: string): Promise<CaseRequest> {
    const { tenantId } = context();
    const lockPerson = (id: string) =>
      this.uow.query('select 1 from cases.person where tenant_id = $1 and id = $2 for share', [tenantId, id]);
    const { personId } = await this.requests.get(requestId);
    await lockPerson(personId);
    await this.uow.query('select 1 from cases.case_request where tenant_id = $1 and id = $2 for update', [
      tenantId,
      requestId,
    ]);
    const request = await this.requests.get(requestId);
    if (request.personId !== personId) await lockPerson(request.personId);
    return request;
  }

  /** Others than oneself, and teams other than one's own, are assigned by those who lead. */
  private requireMayAssign(responsible: string, team: string | null): void {
    const user = context().user!;
    const ownTeam = team === null || user.teams.includes(team);
    if (responsible === user.subject && ownTeam) return;
    const visible = this.access.allows({ responsible, deputy: null, team, clients: [] });
    if (!mayAssign() || !visible) throw caseRules.broken('assignment-needs-team-lead');
  }
}
