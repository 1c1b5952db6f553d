import { Injectable } from '@nestjs/common';
import { context } from '../../../../shared/context';
import { AggregateRepository } from '../../../../shared/database/aggregate-repository';
import { Absence, type Span } from '../../domain/staff/absence.entity';

@Injectable()
export class AbsenceRepository extends AggregateRepository<Absence> {
  protected readonly type = Absence;

  /** One absence of the organisation is noted at a time, so that nobody is away for whom others rely on them. Until the end of the unit. */
  async lockAll(): Promise<void> {
    await this.uow.lock();
    await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [`absences ${context().tenantId}`]);
  }

  /** Who of these is away in that time, and by which absence; `except` is not looked at. */
  ofSubjects(subjects: readonly string[], { fromOn, untilOn }: Span, except: string) {
    return this.uow.query<{ id: string; subject: string }>(
      `select id, subject from cases.absence where tenant_id = $1 and subject = any($2::text[]) and status = 'noted'
         and from_on <= $4::date and until_on >= $3::date and id <> $5 order by from_on, id`,
      [context().tenantId, subjects, fromOn, untilOn, except],
    );
  }

  /** The absences of others in that time in which `subject` stands in. */
  async relyingOn(subject: string, { fromOn, untilOn }: Span): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.absence where tenant_id = $1 and status = 'noted' and from_on <= $4::date and until_on >= $3::date
         and (deputy = $2 or exists (select 1 from jsonb_array_elements(case_deputies) d where d->>'deputy' = $2)) order by id`,
      [context().tenantId, subject, fromOn, untilOn],
    );
    return rows.map(({ id }) => id);
  }

  /** Which of these cases the subject is responsible for and are not closed. */
  async carriedBy(subject: string, caseIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.case where tenant_id = $1 and id = any($2::uuid[]) and responsible = $3 and status <> 'closed'`,
      [context().tenantId, caseIds, subject],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The teams of those of these subjects who are on record as staff. */
  async teamsOf(subjects: readonly string[]): Promise<Map<string, string | null>> {
    const rows = await this.uow.query<{ subject: string; team: string | null }>(
      'select subject, team from cases.staff_member where tenant_id = $1 and subject = any($2::text[])',
      [context().tenantId, subjects],
    );
    return new Map(rows.map(({ subject, team }) => [subject, team]));
  }
}
