import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { freeCase } from '../../../../shared/auth/restriction';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';
import { readOne } from '../../../../shared/http/read-one';
import { ConsentConditions } from '../../../consent';
import { InvolvedProviders } from './involved-providers';

export type ReferralFilter = PageQuery & { state?: string };

/** `v.whole`: the case is visible to the reader. A provider that is only addressed sees what it needs, while it may (`v.open`). */
const passed = (column: string) => `case when v.whole or v.open then ${column} end`;
const internal = (column: string) => `case when v.whole then ${column} end`;

const ROW = `json_build_object('id', t.id, 'version', t.version, 'state', t.state, 'caseId', ${internal('t.case_id')},
  'serviceId', t.service_id, 'providerId', t.provider_id, 'measureId', ${internal('t.measure_id')},
  'purposeText', ${passed('t.purpose_text')}, 'expectedOn', ${passed('t.expected_on')},
  'appointment', ${passed('t.appointment')}, 'sentAt', ${instant('t.sent_at')})`;

const VIEW = `json_build_object('id', t.id, 'version', t.version, 'state', t.state, 'caseId', ${internal('t.case_id')},
  'planId', ${internal('t.plan_id')}, 'measureId', ${internal('t.measure_id')}, 'serviceId', t.service_id, 'providerId', t.provider_id,
  'purposeText', ${passed('t.purpose_text')}, 'categories', coalesce(${passed('t.categories')}, '[]'),
  'informationPackage', ${passed('t.information_package')}, 'clientInformedOn', ${internal('t.client_informed_on')},
  'despiteFull', ${internal('t.despite_full')}, 'consentId', case when v.whole and not v.untold then t.consent_id end, 'sentAt', ${instant('t.sent_at')},
  'accessEndedAt', ${instant('t.access_ended_at')}, 'accessUntil', t.access_until, 'expectedOn', ${passed('t.expected_on')},
  'appointment', ${passed('t.appointment')}, 'outcome', ${passed('t.outcome')},
  'serviceAgreement', ${passed("t.service_agreement - 'by' - 'at'")}, 'approval', ${internal('t.approval')},
  'followUps', coalesce(${internal('t.follow_ups')}, '[]'), 'history', coalesce(${internal('t.history')}, '[]'),
  'evaluationId', ${passed(`(select e.id from service_plan.evaluation e where e.tenant_id = t.tenant_id
     and e.case_id = t.case_id and e.status = 'open' order by e.id desc limit 1)`)})`;

/** Reads referrals: of a case, or those addressed to the reader's provider organisation. */
@Injectable()
export class ReferralQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly providers: InvolvedProviders,
    private readonly consents: ConsentConditions,
  ) {}

  byId(id: string): Promise<Resource> {
    const p = new Parameters();
    const sql = `select ${VIEW}::text as j, t.version, t.case_id ${this.from(p)}
      where t.tenant_id = ${p.add(context().tenantId)} and t.id = ${p.add(id)} and (v.whole or ${this.addressed(p) ?? 'false'})`;
    return readOne(this.uow, 'referral', id, sql, p);
  }

  /** The referrals of a case, latest first. */
  async ofCase(caseId: string, { state, ...query }: ReferralFilter): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    const source = `${this.from(p)} where t.tenant_id = ${p.add(context().tenantId)} and t.case_id = ${p.add(caseId)}
      and v.whole ${state ? `and t.state = ${p.add(state)}` : ''}`;
    return this.read([source], { caseId, state }, query, p);
  }

  /** Every referral the reader may see, latest first: a provider those sent to it, others those of their cases. */
  mine({ state, ...query }: ReferralFilter): Promise<Page> {
    const p = new Parameters();
    const base = () =>
      `${this.from(p)} where t.tenant_id = ${p.add(context().tenantId)} ${state ? `and t.state = ${p.add(state)}` : ''}`;
    const addressed = this.addressed(p);
    const sources = [
      ...(addressed ? [`${base()} and ${addressed}`] : []),
      ...(context().relationships.some((relationship) => relationship !== 'addressed')
        ? [`${base()} and v.whole`]
        : []),
    ];
    return this.read(sources.length > 0 ? sources : [`${base()} and false`], { state }, query, p);
  }

  /**
   * Clients do not see what went out on an exception before they are told of it (CONS-4); what a provider reads is asked
   * of the consent at this moment (CONS-3).
   */
  private from(p: Parameters): string {
    const client = this.access.readsAsClient('t.case_id', p.add);
    const whole = `${this.access.visible('t.case_id', p.add)} and not (t.concealed_by is not null and ${client})`;
    // Another exception may carry on what they were told of.
    const untold = client === 'false' ? client : `${client} and ${this.consents.untold('t.consent_id', p.add)}`;
    const open = context().relationships.includes('addressed') ? this.providers.open('t', p.add) : 'false';
    return `from service_plan.referral t cross join lateral (select ${whole} as whole, ${open} as open, ${untold} as untold) v`;
  }

  /** Sent to the reader's provider; null where the reader speaks for none. */
  private addressed(p: Parameters): string | null {
    const { user, relationships } = context();
    if (!relationships.includes('addressed') || !user?.providerId) return null;
    return `(t.provider_id = ${p.add(user.providerId)} and t.sent_at is not null and ${freeCase('t.case_id', p.add)})`;
  }

  private read(sources: string[], filter: object, query: PageQuery, p: Parameters): Promise<Page> {
    return this.pages.read(
      {
        row: ROW,
        sources,
        keys: [{ column: 't.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'referrals', ...filter },
        subject: { type: 'referral', id: 't.id' },
      },
      query,
      p,
    );
  }
}
