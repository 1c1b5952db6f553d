import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { freeCase, freePerson } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { type HandoverFacts, withoutWording } from '../../domain/steering/case-transfer.values';
import { CaseReader } from '../case/case.reader';
import { staffOnly } from '../case/staff-only';
import { CaseTransferRepository } from './case-transfer.repository';
import { HandoverFactsReader } from './handover-facts.reader';
import { TransferOfferService } from './transfer-offer.service';

/** Reads offered cases: in the house, and those other organisations offer (CASE-12). Not for clients: the summary is the sender's. */
@Injectable()
export class CaseTransferQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly guests: GuestAccess,
    private readonly cases: CaseReader,
    private readonly transfers: CaseTransferRepository,
    private readonly offers: TransferOfferService,
    private readonly facts: HandoverFactsReader,
    private readonly clock: Clock,
  ) {}

  /** How the case stands today, to write the summary by. */
  async factsOf(caseId: string): Promise<Answer<HandoverFacts>> {
    const found = await this.cases.require(caseId);
    if (!this.access.allows({ ...found, clients: [] })) throw new NotFound('case', caseId);
    return new Answer(await this.facts.now(found), {
      resourceType: 'handover_facts',
      resourceIds: [caseId],
      caseId,
    });
  }

  /** Whoever does not work on the case reads the handover while the offer waits for their answer, and not longer. */
  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const waits = `t.status = 'proposed' and t.answer_by >= ${p.add(this.clock.today())}::date`;
    const open = (column: string) => `case when v.works or ${waits} then ${column} end`;
    const found = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select json_build_object(${this.head(p)}, 'summary', ${open('t.summary')}, 'facts', ${open('t.facts')},
         'categories', t.categories, 'consentId', t.consent_id, 'steps', t.steps)::text as j, t.version, t.case_id
       from cases.case_transfer t cross join lateral (select ${this.access.visible('t.case_id', p.add)} as works) v
       where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and (v.works or ${this.toUser(p)})
         and ${staffOnly('t.case_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('case transfer', id);
    return new Resource(found.j, found.version, {
      resourceType: 'case_transfer',
      resourceIds: [id],
      caseId: found.case_id,
    });
  }

  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.page(`t.case_id = ${p.add(caseId)} and ${staffOnly('t.case_id', p.add)}`, { caseId }, query, p);
  }

  /** Cases that colleagues offer to the user, latest first. */
  toMe(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    const me = context().user!.subject;
    return this.page(`${this.toUser(p)} and ${staffOnly('t.case_id', p.add)}`, { me }, query, p);
  }

  /** Cases that other organisations offer, latest first: from whom, and until when it is to be answered. */
  offered(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: `json_build_object('id', g.id, 'version', g.version, 'organisation', ${organisation('g.tenant_id')},
          'status', ${this.status('g.status', 'g.until_on', p)}, 'answerBy', g.until_on, 'offeredAt', ${instant('g.invited_at')})`,
        sources: [this.guests.granted('case_transfer', 'g', p.add)],
        keys: [{ column: 'g.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'transfer-offers' },
        subject: { type: 'transfer_offer', id: 'g.id' },
      },
      query,
      p,
    );
  }

  /**
   * One of them. Summary and facts are shown while it waits for an answer and the release holds; afterwards whoever
   * accepted has them with the request.
   */
  async offer(id: string): Promise<Resource> {
    const found = await this.guests.enter({ kind: 'case_transfer', id, way: 'see' }, async (caseId) => {
      const transfer = await this.transfers.get(id);
      const facts = await this.cases.find(caseId);
      const waits = transfer.status === 'proposed' && transfer.answerBy >= this.clock.today();
      const open =
        waits && facts !== null && transfer.isOf(facts) && (await this.offers.covered(transfer, facts.personId));
      const p = new Parameters();
      const row = await this.uow.one<{ j: string; version: number }>(
        `select json_build_object('id', t.id, 'version', t.version, 'organisation', ${organisation('t.tenant_id')},
           'status', ${this.status('t.status', 't.answer_by', p)}, 'answerBy', t.answer_by, 'offeredAt', t.steps->0->>'at',
           'senderUntil', t.sender_until, 'categories', t.categories, 'requestId', t.request_id,
           'handover', case when ${p.add(open)}::boolean then json_build_object('summary', t.summary, 'facts', ${p.add(JSON.stringify(withoutWording(transfer.facts)))}::json) end)::text as j, t.version
         from cases.case_transfer t where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)}`,
        p.values,
      );
      this.guests.log({ action: 'disclose', resourceType: 'case_transfer', resourceIds: [id], caseId });
      return row!;
    });
    return new Resource(found.j, found.version, { resourceType: 'transfer_offer', resourceIds: [id], caseId: null });
  }

  /** What came with a request from another organisation. */
  async received(requestId: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; id: string }>(
      `select json_build_object('id', h.id, 'version', h.version, 'requestId', h.request_id, 'transferId', h.transfer_id,
         'organisation', json_build_object('id', h.organisation_id, 'name', h.organisation_name), 'summary', h.summary, 'facts', h.facts,
         'receivedBy', h.received_by, 'receivedAt', ${instant('h.received_at')})::text as j, h.version, h.id
       from cases.received_handover h where h.tenant_id = ${p.add(context().tenantId)} and h.request_id = ${p.add(requestId)}
         and not exists (select 1 from cases.case_request r where r.tenant_id = h.tenant_id and r.id = h.request_id
           and not ${freePerson('r.person_id', p.add)})`,
      p.values,
    );
    if (!found) throw new NotFound('handover', requestId);
    return new Resource(found.j, found.version, {
      resourceType: 'received_handover',
      resourceIds: [found.id, requestId],
      caseId: null,
    });
  }

  /** Offered to the user, and the case is not restricted (GDPR 18). */
  private toUser(p: Parameters): string {
    return `(t.to_subject = ${p.add(context().user!.subject)} and ${freeCase('t.case_id', p.add)})`;
  }

  private page(condition: string, filter: object, query: PageQuery, p: Parameters): Promise<Page> {
    return this.pages.read(
      {
        row: `json_build_object(${this.head(p)})`,
        sources: [`from cases.case_transfer t where t.tenant_id = ${p.add(context().tenantId)} and ${condition}`],
        keys: [{ column: 't.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'transfers', ...filter },
        subject: { type: 'case_transfer', id: 't.id' },
      },
      query,
      p,
    );
  }

  private head(p: Parameters): string {
    return `'id', t.id, 'version', t.version, 'caseId', t.case_id, 'from', t.from_subject, 'caseManager', t.to_subject,
      'organisation', case when t.to_organisation_id is not null then json_build_object('id', t.to_organisation_id, 'name', t.to_name) end,
      'reason', t.reason, 'status', ${this.status('t.status', 't.answer_by', p)}, 'answerBy', t.answer_by, 'senderUntil', t.sender_until`;
  }

  /** Past the day to answer by it stands no more, recorded or not. */
  private status(status: string, answerBy: string, p: Parameters): string {
    return `(case when ${status} = 'proposed' and ${answerBy} < ${p.add(this.clock.today())}::date then 'withdrawn' else ${status} end)`;
  }
}

const organisation = (id: string) => `json_build_object('id', ${id}, 'name', platform.organisation_name(${id}))`;
