import { Injectable } from '@nestjs/common';
import { restrictedPersons } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Warning } from '../../../../shared/http/answer';

/** CASE-3: whether somebody in the organisation leads a case of the person already. */
@Injectable()
export class OpenCases {
  constructor(private readonly uow: UnitOfWork) {}

  /** Names who leads, so that one speaks with them; nothing of protected cases, nor of restricted persons (GDPR 18). One statement. */
  async warnings(personId: string): Promise<Warning[]> {
    const rows = await this.uow.query<{ responsible: string }>(
      `select distinct c.responsible from cases.case c where c.tenant_id = $1 and c.person_id = $2 and c.status <> 'closed'
         and c.protection is null and c.person_id <> all(${restrictedPersons('$1')}) order by 1 limit 5`,
      [context().tenantId, personId],
    );
    if (rows.length === 0) return [];
    const who = rows.map(({ responsible }) => responsible).join(', ');
    const detail = {
      en: `Your organisation has an open case of this person already; responsible: ${who}. Speak with them before a second one is begun: a case is led by one.`,
      de: `Ihre Organisation führt bereits einen offenen Fall dieser Person; fallführend: ${who}. Sprechen Sie miteinander, bevor ein zweiter beginnt: Ein Fall liegt in einer Hand.`,
    };
    return [{ code: 'case-open-already', detail }];
  }
}
