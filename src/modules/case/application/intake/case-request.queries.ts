import { Injectable } from '@nestjs/common';
import { freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { NO_QUESTIONS } from '../../domain/intake/screening-questions';

/** Screenings that were recorded before organisations could add questions. */
const WITHOUT_QUESTIONS = `'${JSON.stringify(NO_QUESTIONS)}'::jsonb`;

/** Requests for persons whose data is restricted are left out (GDPR 18). */
const free = (p: Parameters): string => `(r.person_id is null or ${freePerson('r.person_id', p.add)})`;

/** Reads requests. */
@Injectable()
export class CaseRequestQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const row = await this.uow.one<{ json: string; version: number; case_id: string | null }>(
      `select r.version, r.case_id, json_build_object(
         'id', r.id, 'version', r.version, 'personId', r.person_id, 'askedBy', r.asked_by, 'channel', r.channel,
         'receivedAt', r.received_at, 'concern', r.concern, 'fieldOfPractice', r.field_of_practice, 'status', r.status,
         'acuteDanger', r.acute_danger, 'dangers', r.dangers, 'crisisInterventions', r.crisis_interventions,
         'screening', ${WITHOUT_QUESTIONS} || r.screening, 'decline', r.decline - 'statusBefore', 'caseId', r.case_id,
         'recordedBy', r.recorded_by, 'recordedAt', r.recorded_at)::text as json
       from cases.case_request r where r.tenant_id = ${p.add(context().tenantId)} and r.id = ${p.add(id)} and ${free(p)}`,
      p.values,
    );
    if (!row) throw new NotFound('case request', id);
    return new Resource(row.json, row.version, {
      resourceType: 'case_request',
      resourceIds: [id],
      caseId: row.case_id,
    });
  }

  /** The newest first. */
  list(
    query: PageQuery & { status?: string; fieldOfPractice?: string; acuteDanger?: string; personId?: string },
  ): Promise<Page> {
    const p = new Parameters();
    const { status, fieldOfPractice, acuteDanger, personId } = query;
    const conditions = [`r.tenant_id = ${p.add(context().tenantId)}`, free(p)];
    if (status !== undefined) conditions.push(`r.status = ${p.add(status)}`);
    if (fieldOfPractice !== undefined) conditions.push(`r.field_of_practice = ${p.add(fieldOfPractice)}`);
    if (personId !== undefined) conditions.push(`r.person_id = ${p.add(personId)}::uuid`);
    // A literal, so that the partial index on unaddressed dangers can be used; the word is one of DANGER_STATES.
    if (acuteDanger === 'unaddressed') conditions.push(`r.acute_danger = 'unaddressed'`);
    else if (acuteDanger !== undefined) conditions.push(`r.acute_danger = ${p.add(acuteDanger)}`);
    return this.pages.read(
      {
        row: `json_build_object('id', r.id, 'version', r.version, 'personId', r.person_id, 'askedBy', r.asked_by,
          'channel', r.channel, 'receivedAt', r.received_at, 'fieldOfPractice', r.field_of_practice, 'status', r.status,
          'acuteDanger', r.acute_danger, 'caseId', r.case_id)::text`,
        sources: [`from cases.case_request r where ${conditions.join(' and ')}`],
        keys: [
          { column: 'r.received_at', type: 'timestamptz' },
          { column: 'r.id', type: 'uuid' },
        ],
        descending: true,
        filter: { list: 'case-requests', status, fieldOfPractice, acuteDanger, personId },
        subject: { type: 'case_request', id: 'r.id' },
      },
      query,
      p,
    );
  }
}
