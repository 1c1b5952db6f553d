import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { CaseLink } from '../../domain/steering/case-link.entity';

@Injectable()
export class CaseLinkRepository extends AggregateRepository<CaseLink> {
  protected readonly type = CaseLink;

  /** The link of two cases that has not ended, or null. */
  between(one: string, other: string): Promise<CaseLink | null> {
    const { tenantId } = context();
    return this.uow.manager
      .createQueryBuilder(CaseLink, 'l')
      .where('l.tenant_id = :tenantId and l.status <> :ended', { tenantId, ended: 'ended' })
      .andWhere(
        '((l.case_id = :one and l.other_case_id = :other) or (l.case_id = :other and l.other_case_id = :one))',
        { one, other },
      )
      .getOne();
  }

  /** The links of a case, locked. Needs `uow.lock()`. */
  async lockedOf(caseId: string): Promise<CaseLink[]> {
    const rows = await this.uow.query<{ id: string }>(
      'select id from cases.case_link where tenant_id = $1 and (case_id = $2 or other_case_id = $2) order by id for update',
      [context().tenantId, caseId],
    );
    const found: CaseLink[] = [];
    for (const { id } of rows) found.push(await this.get(id));
    return found;
  }
}
