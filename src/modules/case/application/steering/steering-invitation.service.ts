import { Injectable } from '@nestjs/common';
import { GuestAccess } from '../../../../shared/auth/guest-access';
import { context } from '../../../../shared/context';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { type EntryContent, JournalEntry } from '../../domain/casework/journal-entry.entity';
import type { JointSteering } from '../../domain/steering/joint-steering.entity';
import { steeringRules } from '../../domain/steering/joint-steering.refusals';
import { CaseReader } from '../case/case.reader';
import { JournalEntryRepository } from '../casework/journal-entry.repository';
import { JointSteeringRepository } from './joint-steering.repository';
import { SteeringGuests } from './steering-guests';

/** The guest's side of joint steering (CASE-11): every command is carried out in the organisation that invited. */
@Injectable()
export class SteeringInvitationService {
  constructor(
    private readonly clock: Clock,
    private readonly access: GuestAccess,
    private readonly guests: SteeringGuests,
    private readonly steerings: JointSteeringRepository,
    private readonly cases: CaseReader,
    private readonly entries: JournalEntryRepository,
  ) {}

  /** CONS-3: the release is asked for again, as this is the moment from which on the parts are open. */
  accept(id: string, readers: readonly string[] | undefined, expected: Expected): Promise<Receipt> {
    const { subject } = context().user!;
    return this.answer(id, expected, async (steering, stamp) => {
      const facts = await this.cases.find(steering.caseId);
      if (!facts) throw new NotFound('joint steering', id);
      // The state of the invitation is told before that of the consent.
      steering.accept(readers ?? [subject], stamp);
      if (!(await this.guests.covered(steering, facts, steering.parts)))
        throw steeringRules.broken('steering-consent-ended');
    });
  }

  decline(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.answer(id, expected, (steering, stamp) => steering.decline(reason, stamp));
  }

  nameReaders(id: string, readers: readonly string[], expected: Expected): Promise<Receipt> {
    return this.answer(id, expected, (steering) => steering.nameReaders(readers));
  }

  leave(id: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.answer(id, expected, (steering, stamp) => steering.leave(reason, stamp));
  }

  /** CASE-8, CASE-11: an entry in the journal of the owner's case, by name and organisation. */
  writeNote(id: string, content: EntryContent): Promise<Receipt> {
    return this.guests.contribute(id, 'notes', async ({ facts, steeringId, guestId, by }) => {
      const entry = JournalEntry.writeAsGuest(facts, content, { steeringId, guestId }, { by, at: this.clock.now() });
      this.entries.store(entry);
      return Receipt.of(entry);
    });
  }

  private answer(
    id: string,
    expected: Expected,
    step: (steering: JointSteering, stamp: Stamp) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.access.enter({ kind: 'joint_steering', id, way: 'answer' }, async () => {
      const steering = await this.steerings.get(id, expected);
      await step(steering, stampBy(this.clock));
      this.steerings.store(steering);
      return Receipt.of(steering);
    });
  }
}
