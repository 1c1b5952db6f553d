import { Injectable } from '@nestjs/common';
import { CaseAccess } from '../../../../shared/auth/case-access';
import type { Expected } from '../../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../../shared/database/unit-of-work';
import type { Stamp } from '../../../../shared/domain/aggregate-root';
import { Clock } from '../../../../shared/domain/clock';
import { NotFound } from '../../../../shared/domain/errors';
import { Receipt } from '../../../../shared/http/answer';
import { stampBy } from '../../../../shared/stamp';
import { ConsentReader } from '../../../consent';
import { CaseLink } from '../../domain/steering/case-link.entity';
import { linkRules } from '../../domain/steering/case-link.refusals';
import { caseRules } from '../../domain/case/case.refusals';
import { CATEGORY_OF, LINK_PURPOSE, type LinkKind, type SharedPart } from '../../domain/steering/case-link.values';
import { CaseReader } from '../case/case.reader';
import { CaseLinkRepository } from './case-link.repository';
import { RelatedCases } from './related-cases';

/** Which case is to be linked, why, and what the proposing side shares. */
export type LinkTerms = { otherCaseId: string; kind: LinkKind; reason: string; sharedParts: readonly SharedPart[] };

/** Links cases of one family or household (CASE-11). Every command is given for one side: a case the user may work on. */
@Injectable()
export class CaseLinkService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly links: CaseLinkRepository,
    private readonly cases: CaseReader,
    private readonly access: CaseAccess,
    private readonly consents: ConsentReader,
    private readonly related: RelatedCases,
  ) {}

  /** The other case is not visible to the proposer: that it exists is all they learn, from having been told its id. */
  propose(caseId: string, { otherCaseId, kind, reason, sharedParts }: LinkTerms): Promise<Receipt> {
    return this.uow.run(async () => {
      const { personId } = await this.cases.requireActive(caseId);
      const link = CaseLink.propose(caseId, otherCaseId, kind, reason, sharedParts, stampBy(this.clock));
      if (!(await this.cases.find(otherCaseId)) || (await this.access.restricts(otherCaseId)))
        throw new NotFound('case', otherCaseId);
      const present = await this.links.between(caseId, otherCaseId);
      if (present) throw linkRules.broken('link-already-there', { linkId: present.id });
      this.links.store(link);
      return Receipt.of(link, await this.related.warnings({ personId, caseId }, [otherCaseId]));
    });
  }

  accept(id: string, side: string, sharedParts: readonly SharedPart[], expected: Expected): Promise<Receipt> {
    return this.change(id, side, expected, (link, stamp) => link.accept(side, sharedParts, stamp));
  }

  share(id: string, side: string, sharedParts: readonly SharedPart[], expected: Expected): Promise<Receipt> {
    return this.change(id, side, expected, (link, stamp) => link.share(side, sharedParts, stamp));
  }

  end(id: string, side: string, reason: string, expected: Expected): Promise<Receipt> {
    return this.change(id, side, expected, (link, stamp) => link.end(side, reason, stamp));
  }

  /** An outward flow: the consent of the client of `side` is checked and held until the opening is stored (CONS-3). */
  open(id: string, side: string, part: SharedPart, expected: Expected): Promise<Receipt> {
    return this.change(id, side, expected, async (link, stamp) => {
      const { personId } = await this.cases.requireActive(side);
      if (!(await this.consents.participation(side, personId)))
        throw caseRules.broken('participation-consent-missing', { caseId: side, personId });
      const { responsible: recipient } = (await this.cases.find(link.otherSideOf(side)))!;
      const consentId = await this.consents.require({
        caseId: side,
        recipient: { kind: 'person', id: recipient },
        categories: [CATEGORY_OF[part]],
        purpose: LINK_PURPOSE,
        personId,
      });
      link.open({ caseId: side, part, recipient, consentId }, stamp);
    });
  }

  private change(
    id: string,
    side: string,
    expected: Expected,
    step: (link: CaseLink, stamp: Stamp) => void | Promise<void>,
  ): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.cases.require(side);
      const link = await this.links.get(id);
      if (await this.access.restricts(link.otherSideOf(side))) throw new NotFound('case link', id);
      this.links.requireVersion(link, expected);
      await step(link, stampBy(this.clock));
      this.links.store(link);
      return Receipt.of(link);
    });
  }
}
