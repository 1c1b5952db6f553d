import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { ConsentReader } from '../../../consent';
import { CATEGORY_OF, LINK_PURPOSE, type SharedPart } from '../../domain/steering/case-link.values';

/** What of a linked case the user in context may read now (CASE-11). */
export type OpenParts = {
  caseId: string;
  /** The client of the case: the parts are open as far as they are this person's. */
  personId: string;
  /** Never empty. */
  parts: readonly SharedPart[];
  /** The user's own cases at the other end of the links. */
  readFrom: readonly string[];
};
type Opened = { part: SharedPart; consentId: string; personId: string; readFrom: string };

/**
 * Answers other modules which parts of a case are open to the other side of a link. A part is open to the one case
 * manager it was opened to, as long as they are responsible for a linked case: the release from confidentiality names
 * a person, so neither the deputy nor the successor reads it until it is released and opened to them.
 */
@Injectable()
export class LinkedCaseReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
    private readonly consents: ConsentReader,
  ) {}

  /**
   * The open parts; NotFound when there are none. The consent each relies on and the client's participation are asked
   * for anew and held until the unit of work ends (CONS-3): a withdrawal counts from its commit on, delivered or not.
   */
  async require(caseId: string): Promise<OpenParts> {
    const opened = await this.openedTo(caseId);
    const { personId } = opened[0] ?? {};
    if (personId && (await this.consents.participation(caseId, personId))) {
      const covered: Opened[] = [];
      for (const opening of opened) if (await this.covers(caseId, opening)) covered.push(opening);
      if (covered.length > 0) {
        const parts = [...new Set(covered.map(({ part }) => part))];
        return { caseId, personId, parts, readFrom: [...new Set(covered.map(({ readFrom }) => readFrom))] };
      }
    }
    throw new NotFound('opened part', caseId);
  }

  private async covers(caseId: string, { part, personId, consentId }: Opened): Promise<boolean> {
    const recipient = { kind: 'person', id: context().user!.subject } as const;
    const categories = [CATEGORY_OF[part]];
    const purpose = LINK_PURPOSE;
    return (await this.consents.check({ caseId, recipient, categories, purpose, personId, consentId })).allowed;
  }

  /** What was opened to the user and not closed since, in links between cases that are open. One statement. */
  private openedTo(caseId: string): Promise<Opened[]> {
    const p = new Parameters();
    const id = p.add(caseId);
    const me = p.add(context().user!.subject);
    return this.uow.query<Opened>(
      `select op.part, op."consentId", o.person_id as "personId", r.id as "readFrom"
       from cases.case_link l
       join cases.case o on o.tenant_id = l.tenant_id and o.id = ${id}
       join cases.case r on r.tenant_id = l.tenant_id
         and r.id = case when l.case_id = o.id then l.other_case_id else l.case_id end
       cross join jsonb_to_recordset(l.openings)
         as op("caseId" uuid, part text, recipient text, "consentId" uuid, "closedAt" text)
       where l.tenant_id = ${p.add(context().tenantId)} and (l.case_id = ${id} or l.other_case_id = ${id})
         and l.status = 'agreed' and 'closed' not in (o.status, r.status)
         and op."caseId" = o.id and op.recipient = ${me} and op."closedAt" is null
         and r.responsible = ${me} and ${this.access.condition('r', 'r.id', p.add)}
       order by l.id`,
      p.values,
    );
  }
}
