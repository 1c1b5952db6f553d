import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { isRestricted } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { InvalidInput, NotFound } from '../../../../shared/domain/errors';
import { caseRules } from '../../domain/case/case.refusals';
import type { CaseStatus, Closing } from '../../domain/case/case.values';
import type { Phase } from '../../domain/case/phases';

/** What other modules may know of a case. */
export type CaseFacts = {
  caseId: string;
  personId: string;
  phase: Phase;
  status: CaseStatus;
  /** Day the agreement in force was signed, YYYY-MM-DD. */
  agreedOn: string | null;
  /** Why the closing procedure has begun, if it has. */
  closingReason: Closing['reason'] | null;
  responsible: string;
  deputy: string | null;
  team: string | null;
  /** Portal users who are the client. */
  clients: string[];
  /** Persons of the person system beside the client, as long as they belong to it. */
  memberIds: string[];
  /**
   * Who stands in today for the responsible case manager, who is absent (CASE-7); for the purpose `emergency` also whoever
   * has broken the glass (§6.3).
   */
  standIns: string[];
  /** Processing for the client is restricted (GDPR 18). */
  restricted: boolean;
  /** Cases linked with agreement of both sides (CASE-11). */
  linkedCaseIds: string[];
};

/** Refuses a person (`pointer` names the field) who neither is the client nor belongs to the person system of the case. */
export function requireOfCase({ personId: client, memberIds }: CaseFacts, personId: string, pointer: string): void {
  if (personId === client || memberIds.includes(personId)) return;
  throw new InvalidInput([
    {
      pointer,
      code: 'person-not-in-case',
      detail: {
        en: 'This person does not belong to the case. Add them to the person system first.',
        de: 'Diese Person gehört nicht zum Fall. Nehmen Sie sie zuerst in das Personensystem auf.',
      },
    },
  ]);
}

/** Questions other modules ask about a case. Each is one statement. */
@Injectable()
export class CaseReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: CaseAccess,
  ) {}

  /** The case, for the user of the context; NotFound unless visible to them. */
  async require(caseId: string): Promise<CaseFacts> {
    const facts = await this.find(caseId);
    if (!facts || !this.access.allows(facts)) throw new NotFound('case', caseId);
    return facts;
  }

  /** The case, for work on it: refuses closed, suspended and not yet agreed ones. */
  async requireActive(caseId: string): Promise<CaseFacts> {
    const facts = await this.require(caseId);
    if (facts.status === 'closed') throw caseRules.broken('case-closed', { caseId });
    if (facts.status === 'suspended') throw caseRules.broken('case-suspended', { caseId });
    if (!facts.agreedOn) throw caseRules.broken('agreement-missing', { caseId });
    return facts;
  }

  /** The case whoever asks, or null: for listeners. */
  async find(caseId: string): Promise<CaseFacts | null> {
    const p = new Parameters();
    const tenant = p.add(context().tenantId);
    const id = p.add(caseId);
    const facts = await this.uow.one<CaseFacts>(
      `select c.id as "caseId", c.person_id as "personId", c.phase, c.status, c.agreed_on::text as "agreedOn",
         c.closing->>'reason' as "closingReason", c.responsible, c.deputy, c.team, c.clients,
         ${this.access.standIns('c.responsible', 'c.id', p.add)} as "standIns", ${isRestricted('c.person_id', p.add)} as restricted,
         array(select m->>'personId' from jsonb_array_elements(c.members) m where m->>'removedAt' is null) as "memberIds",
         array(select case when l.case_id = c.id then l.other_case_id else l.case_id end from cases.case_link l
           where l.tenant_id = ${tenant} and (l.case_id = ${id} or l.other_case_id = ${id}) and l.status = 'agreed'
           order by l.id)::text[] as "linkedCaseIds"
       from cases.case c where c.tenant_id = ${tenant} and c.id = ${id}`,
      p.values,
    );
    return facts ?? null;
  }
}
