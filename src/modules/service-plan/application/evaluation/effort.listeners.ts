import { context } from '../../../../shared/context';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { OnEvent, Subscription } from '../../../../shared/events/on-event';
import { JournalEntryCorrected, JournalEntryRecorded } from '../../../case/events';

/** PLAN-8: sums up time and money spent on each case, from its journal. */
@Subscription('service-plan.effort')
export class EffortListener {
  constructor(private readonly uow: UnitOfWork) {}

  @OnEvent(JournalEntryRecorded)
  async recorded({ caseId, minutes, costCents }: JournalEntryRecorded): Promise<void> {
    this.add(caseId, minutes, costCents);
  }

  @OnEvent(JournalEntryCorrected)
  async corrected({
    caseId,
    minutes,
    minutesBefore,
    costCents,
    costCentsBefore,
  }: JournalEntryCorrected): Promise<void> {
    this.add(caseId, minutes - minutesBefore, costCents - costCentsBefore);
  }

  private add(caseId: string, minutes: number, costCents: number): void {
    this.uow.write({
      sql: (add) => `
        insert into service_plan.case_effort (tenant_id, case_id, minutes, cost_cents)
        values (${add(context().tenantId)}, ${add(caseId)}, ${add(minutes)}, ${add(costCents)})
        on conflict (tenant_id, case_id) do update set minutes = case_effort.minutes + excluded.minutes,
          cost_cents = case_effort.cost_cents + excluded.cost_cents`,
    });
  }
}
