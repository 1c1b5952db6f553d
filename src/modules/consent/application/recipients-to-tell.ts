import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { BeforeErasure } from '../../../shared/privacy/before-erasure';
import { RecipientNotice } from '../domain/recipient-notice.entity';
import { sameRecipient } from '../domain/recipient-notice.passages';
import { DisclosedTo } from './disclosed-to';
import { RecipientNoticeRepository } from './recipient-notice.repository';

/** GDPR 19: makes a notice for everybody who was given data, when something happens to that data. */
@Injectable()
export class RecipientsToTell {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly notices: RecipientNoticeRepository,
    private readonly disclosed: DisclosedTo,
    private readonly clock: Clock,
    before: BeforeErasure,
  ) {
    before.caseFile = (file) => this.erasing(file);
  }

  /** The data of the person was corrected. Whoever is still to be told of an earlier correction is told of both at once. */
  corrected(occasionId: string, personId: string, at: string): Promise<void> {
    return this.uow.run(async () => {
      const open = await this.notices.openCorrections(personId);
      for (const given of await this.disclosed.ofPerson(personId)) {
        const known = open.find(({ recipient }) => sameRecipient(recipient, given.recipient));
        known?.alsoCorrected(given.passages);
        const terms = { occasion: 'rectification', occasionId, personId, ...given } as const;
        this.notices.store(known ?? RecipientNotice.arise(terms, at));
      }
    });
  }

  /** The data of the person is restricted from now on. */
  restricted(occasionId: string, personId: string, at: string): Promise<void> {
    return this.uow.run(async () => {
      for (const given of await this.disclosed.ofPerson(personId))
        this.notices.store(RecipientNotice.arise({ occasion: 'restriction', occasionId, personId, ...given }, at));
    });
  }

  /** Whoever was told of the restriction is told of its end; for the others there is nothing to be told any more. */
  lifted(restrictionId: string, at: string): Promise<void> {
    return this.uow.run(async () => {
      for (const notice of await this.notices.ofOccasion('restriction', restrictionId)) {
        const { personId, recipient, passages } = notice;
        if (notice.wasTold) {
          const terms = { occasionId: restrictionId, personId, recipient, passages };
          this.notices.store(RecipientNotice.arise({ occasion: 'restriction_lifted', ...terms }, at));
        }
        if (!notice.isOpen) continue;
        notice.overtake({ by: context().user!.subject, at });
        this.notices.store(notice);
      }
    });
  }

  /** One notice for each recipient and run, however many files the run erases. */
  private erasing({ caseId, runId }: { caseId: string; runId: string }): Promise<void> {
    return this.uow.run(async () => {
      const gone = await this.disclosed.ofCase(caseId);
      if (gone.length === 0) return;
      const open = (await this.notices.ofOccasion('erasure', runId)).filter(({ isOpen }) => isOpen);
      for (const given of gone) {
        const known = open.find(({ recipient }) => sameRecipient(recipient, given.recipient));
        known?.alsoErased(given.passages);
        const terms = { occasion: 'erasure', occasionId: runId, personId: null, ...given } as const;
        this.notices.store(known ?? RecipientNotice.arise(terms, this.clock.now()));
      }
      // The next file of the run finds them.
      await this.uow.flush();
    });
  }
}
