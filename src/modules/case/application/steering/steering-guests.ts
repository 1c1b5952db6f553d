import { Injectable } from '@nestjs/common';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import { NotFound } from '../../../../shared/domain/errors';
import { Answer, Page, type Subject } from '../../../../shared/http/answer';
import { ConsentReader } from '../../../consent';
import type { JointSteering } from '../../domain/steering/joint-steering.entity';
import {
  type Contribution,
  STEERING_PURPOSE,
  type SteeringPart,
  categoriesOf,
} from '../../domain/steering/joint-steering.values';
import { type CaseFacts, CaseReader } from '../case/case.reader';
import { JointSteeringRepository } from './joint-steering.repository';

/** The case that is open to a guest, within the organisation that invited them. */
export type OpenToGuest = {
  facts: CaseFacts;
  steeringId: string;
  /** The guest: its organisation, and the subject of its staff. */
  guestId: string;
  by: string;
};

/**
 * Lets staff of another organisation read or add to a part of a case, live (CASE-11). What was granted, the release it
 * relies on and the client's participation are asked for and held in the transaction that reads: a withdrawal, a recall
 * or the end of the time counts from that moment. Without them the answer is NotFound.
 */
@Injectable()
export class SteeringGuests {
  constructor(
    private readonly guests: GuestAccess,
    private readonly steerings: JointSteeringRepository,
    private readonly cases: CaseReader,
    private readonly consents: ConsentReader,
  ) {}

  /** Reads a part. What is read, by whom and from which organisation is in the access log of both (QA-9). */
  async read(id: string, part: SteeringPart, work: (open: OpenToGuest) => Promise<Page>): Promise<Page>;
  async read<T extends object>(
    id: string,
    part: SteeringPart,
    work: (open: OpenToGuest) => Promise<Answer<T>>,
  ): Promise<Answer<T>>;
  async read<T extends object>(
    id: string,
    part: SteeringPart,
    work: (open: OpenToGuest) => Promise<Answer<T> | Page>,
  ): Promise<Answer<T> | Page> {
    const found = await this.within({ id, way: 'read', part }, async (open) => {
      const read = await work(open);
      const resourceIds = read.subject?.resourceIds ?? [];
      const { caseId } = open.facts;
      this.guests.log({ action: 'disclose', resourceType: `steering_${part}`, resourceIds, caseId });
      return read;
    });
    // The guest's own log names the invitation; the case is none of that organisation's.
    const resourceIds = [id, ...(found.subject?.resourceIds ?? [])];
    const subject: Subject = { resourceType: 'steering_invitation', resourceIds, caseId: null };
    return found instanceof Page
      ? new Page(found.data, found.limit, found.next, found.prev, subject)
      : new Answer(found.body, subject);
  }

  /** Adds to a part, which the guest must be able to read as well. */
  contribute<T>(id: string, part: Contribution, work: (open: OpenToGuest) => Promise<T>): Promise<T> {
    return this.within({ id, way: 'contribute', part }, work);
  }

  /** Whether the release the joint steering relies on carries these parts now; held until the unit of work ends. */
  async covered(steering: JointSteering, facts: CaseFacts, parts: readonly SteeringPart[]): Promise<boolean> {
    if (facts.status === 'closed') return false;
    const { caseId, guestId, consentId } = steering;
    const verdict = await this.consents.check({
      caseId,
      recipient: { kind: 'organisation', id: guestId },
      categories: categoriesOf(parts),
      purpose: STEERING_PURPOSE,
      personId: facts.personId,
      consentId,
    });
    return verdict.allowed;
  }

  private within<T>(
    pass: { id: string; way: 'read' | 'contribute'; part: SteeringPart },
    work: (open: OpenToGuest) => Promise<T>,
  ): Promise<T> {
    const { id, part } = pass;
    const { subject: by } = context().user!;
    return this.guests.enter({ kind: 'joint_steering', ...pass }, async (caseId) => {
      const [steering, facts] = [await this.steerings.get(id), await this.cases.find(caseId)];
      if (!facts || !(await this.covered(steering, facts, [part]))) throw new NotFound('joint steering', id);
      return work({ facts, steeringId: id, guestId: steering.guestId, by });
    });
  }
}
