import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { Daily, type DailyJob } from '../../../../shared/operation/daily-jobs';
import { FollowUpEscalated } from '../../events';

/** Most follow-ups of one organisation that one run brings before somebody; the rest follows the next day. */
const MOST = 10_000;

/**
 * CASE-9: what is overdue for longer than the organisation allows comes before the owner of the team, or else of the
 * organisation; once. Nobody's own work is brought before themselves. Where no owner is named nothing happens, and
 * everything follows when there is one.
 */
@Injectable()
@Daily('case.escalations')
export class FollowUpEscalation implements DailyJob {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  run(today: string): Promise<void> {
    return this.uow.run(async () => {
      await this.uow.lock();
      const escalated = await this.uow.query<{ id: string; caseId: string | null; owner: string; dueOn: string }>(
        `with due as (
           select f.tenant_id, f.id, o.owner
           from cases.work_policy p
           join cases.follow_up f on f.tenant_id = p.tenant_id and f.due_on < $2::date - (p.days->>'escalation')::int
           left join cases.case a on a.tenant_id = f.tenant_id and a.id = f.case_id
           cross join lateral (select coalesce(
             (select w->>'subject' from jsonb_array_elements(p.owners) w where w->>'team' = a.team and w->>'subject' <> f.assignee),
             (select w->>'subject' from jsonb_array_elements(p.owners) w where w->>'team' is null and w->>'subject' <> f.assignee)) as owner) o
           where p.tenant_id = $1 and f.status = 'open' and f.escalated_to is null and o.owner is not null
           order by f.due_on, f.id limit ${MOST} for update of f)
         update cases.follow_up f set escalated_to = due.owner, escalated_on = $2::date, version = f.version + 1
         from due where f.tenant_id = due.tenant_id and f.id = due.id
         returning f.id, f.case_id as "caseId", f.escalated_to as owner, f.due_on::text as "dueOn"`,
        [context().tenantId, today],
      );
      const at = this.clock.now();
      for (const { id, caseId, owner, dueOn } of escalated)
        this.uow.record(new FollowUpEscalated(id, caseId, owner, dueOn, at));
    });
  }
}
