import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import { instant } from '../../../../shared/database/sql';
import { Parameters, UnitOfWork } from '../../../../shared/database/unit-of-work';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { type Page, Resource } from '../../../../shared/http/answer';
import { type PageQuery, Pages } from '../../../../shared/http/page';

/** Reads joint steerings: the owner those of its cases, the guest the invitations it got. */
@Injectable()
export class JointSteeringQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pages: Pages,
    private readonly access: CaseAccess,
    private readonly guests: GuestAccess,
    private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Resource> {
    const p = new Parameters();
    const found = await this.uow.one<{ j: string; version: number; case_id: string }>(
      `select ${this.owned(p)}::text as j, s.version, s.case_id from cases.joint_steering s
       where s.tenant_id = ${p.add(context().tenantId)} and s.id = ${p.add(id)} and ${this.access.visible('s.case_id', p.add)}`,
      p.values,
    );
    if (!found) throw new NotFound('joint steering', id);
    return new Resource(found.j, found.version, {
      resourceType: 'joint_steering',
      resourceIds: [id],
      caseId: found.case_id,
    });
  }

  /** The joint steerings of a case, latest first; also those that have ended. */
  async ofCase(caseId: string, query: PageQuery): Promise<Page> {
    await this.access.require(caseId);
    const p = new Parameters();
    return this.pages.read(
      {
        row: this.owned(p),
        sources: [
          `from cases.joint_steering s where s.tenant_id = ${p.add(context().tenantId)} and s.case_id = ${p.add(caseId)}`,
        ],
        keys: [{ column: 's.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'joint-steerings', caseId },
        subject: { type: 'joint_steering', id: 's.id' },
      },
      query,
      p,
    );
  }

  /** What others invited the organisation to, latest first: nothing of the case but which parts. */
  invitations(query: PageQuery): Promise<Page> {
    const p = new Parameters();
    return this.pages.read(
      {
        row: `json_build_object('id', g.id, 'version', g.version, 'organisation', ${organisation('g.tenant_id')}, 'parts', g.parts,
          'contributions', g.contributions, 'fromOn', g.from_on, 'untilOn', g.until_on, 'status', ${this.status('g', p)},
          'readers', g.readers, 'invitedAt', ${instant('g.invited_at')})`,
        sources: [this.guests.granted('joint_steering', 'g', p.add)],
        keys: [{ column: 'g.id', type: 'uuid' }],
        descending: true,
        filter: { list: 'steering-invitations' },
        subject: { type: 'steering_invitation', id: 'g.id' },
      },
      query,
      p,
    );
  }

  /** One invitation with what the inviter wrote; read in the inviter's organisation, whose access log says so. */
  async invitation(id: string): Promise<Resource> {
    const found = await this.guests.enter({ kind: 'joint_steering', id, way: 'see' }, async (caseId) => {
      const p = new Parameters();
      const row = await this.uow.one<{ j: string; version: number }>(
        `select json_build_object('id', s.id, 'version', s.version, 'organisation', ${organisation('s.tenant_id')}, 'parts', s.parts,
           'contributions', s.contributions, 'purpose', s.purpose, 'fromOn', s.from_on, 'untilOn', s.until_on,
           'status', ${this.status('s', p)}, 'readers', s.readers, 'invitedAt', s.steps->0->>'at', 'steps', s.steps)::text as j, s.version
         from cases.joint_steering s where s.tenant_id = ${p.add(context().tenantId)} and s.id = ${p.add(id)}`,
        p.values,
      );
      this.guests.log({ action: 'disclose', resourceType: 'joint_steering', resourceIds: [id], caseId });
      return row!;
    });
    return new Resource(found.j, found.version, {
      resourceType: 'steering_invitation',
      resourceIds: [id],
      caseId: null,
    });
  }

  private owned(p: Parameters): string {
    return `json_build_object('id', s.id, 'version', s.version, 'caseId', s.case_id,
      'guest', json_build_object('id', s.guest_id, 'name', s.guest_name), 'parts', s.parts, 'contributions', s.contributions,
      'purpose', s.purpose, 'fromOn', s.from_on, 'untilOn', s.until_on, 'consentId', s.consent_id,
      'status', ${this.status('s', p)}, 'readers', s.readers, 'steps', s.steps)`;
  }

  /** What it is worth today: past its time it has ended, recorded or not. */
  private status(alias: string, p: Parameters): string {
    return `(case when ${alias}.status in ('proposed', 'agreed') and ${alias}.until_on < ${p.add(this.clock.today())}::date
      then 'ended' else ${alias}.status end)`;
  }
}

const organisation = (id: string) => `json_build_object('id', ${id}, 'name', platform.organisation_name(${id}))`;
