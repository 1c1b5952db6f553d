import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import { AggregateRepository, type Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import { JointSteering } from '../../domain/steering/joint-steering.entity';

/** Joint steerings; with every store goes what lets the guest in (`GuestAccess`). */
@Injectable()
export class JointSteeringRepository extends AggregateRepository<JointSteering> {
  protected readonly type = JointSteering;

  constructor(
    uow: UnitOfWork,
    @Inject(DataSource) dataSource: DataSource,
    private readonly guests: GuestAccess,
  ) {
    super(uow, dataSource);
  }

  override store(steering: JointSteering): void {
    super.store(steering);
    this.guests.write(steering.id, () => ({
      kind: 'joint_steering',
      version: steering.version + 1,
      caseId: steering.caseId,
      guestId: steering.guestId,
      parts: steering.parts,
      contributions: steering.contributions,
      readers: steering.readers,
      status: steering.status,
      fromOn: steering.fromOn,
      untilOn: steering.untilOn,
      invitedAt: steering.invitedAt,
    }));
  }

  /** The joint steering, its grant locked first, so that a guest at work finishes and nobody enters meanwhile. */
  async held(id: string, expected: Expected = '*'): Promise<JointSteering> {
    await this.uow.lock();
    await this.guests.hold(id);
    return this.get(id, expected);
  }

  /** Those of the case that are proposed or agreed, held. Needs `uow.lock()`. */
  async runningOf(caseId: string): Promise<JointSteering[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.joint_steering where tenant_id = $1 and case_id = $2 and status in ('proposed', 'agreed') order by id`,
      [context().tenantId, caseId],
    );
    const found: JointSteering[] = [];
    for (const { id } of rows) found.push(await this.held(id));
    return found;
  }

  /** Ids of those whose last day lies before `day`, at most 1,000. */
  async overBefore(day: string): Promise<string[]> {
    const rows = await this.uow.query<{ id: string }>(
      `select id from cases.joint_steering
       where tenant_id = $1 and until_on < $2::date and status in ('proposed', 'agreed') order by until_on, id limit 1000`,
      [context().tenantId, day],
    );
    return rows.map(({ id }) => id);
  }
}
