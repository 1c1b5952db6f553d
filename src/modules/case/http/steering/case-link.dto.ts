import { Bool, Instant, Int, LongText, NestedList, OneOf, SomeOf, Text, Uuid } from '../../../../shared/http/fields';
import { PHASES } from '../../domain/case/phases';
import {
  LINK_KINDS,
  LINK_STATUSES,
  type LinkKind,
  SHARED_PARTS,
  type SharedPart,
} from '../../domain/steering/case-link.values';

const OWN_SIDE = { description: 'The case of your side' };
const SHARES = {
  unique: true,
  description: 'What your side is willing to share; each part is still opened one by one, within consent',
  example: ['plan', 'goals'],
};

export class ProposeLinkDto {
  @Uuid({ description: 'The case at the other end; its case manager tells you the id' }) otherCaseId: string;
  @OneOf(LINK_KINDS, { name: 'LinkKind', example: 'family' }) kind: LinkKind;
  @LongText({ max: 2000, example: 'Mr X and Miss X live together; one plan for the children.' }) reason: string;
  @SomeOf(SHARED_PARTS, SHARES) sharedParts: SharedPart[];
}

export class ShareLinkPartsDto {
  @Uuid(OWN_SIDE) caseId: string;
  @SomeOf(SHARED_PARTS, SHARES) sharedParts: SharedPart[];
}

export class OpenLinkPartDto {
  @Uuid(OWN_SIDE) caseId: string;
  @OneOf(SHARED_PARTS, { name: 'SharedPart', example: 'plan' }) part: SharedPart;
}

export class EndLinkDto {
  @Uuid(OWN_SIDE) caseId: string;
  @LongText({ max: 2000, example: 'The couple has separated.' }) reason: string;
}

export class LinkedPartView {
  @OneOf(SHARED_PARTS, { name: 'SharedPart' }) part: string;
  @Bool({
    description: 'The responsible case manager of your side may read it now: GET /v1/cases/{caseId}/opened-parts',
  })
  open: boolean;
  @Text({
    nullable: true,
    description: 'What is missing: link-not-agreed, case-closed, part-not-shared, consent-required or part-not-opened',
    example: 'consent-required',
  })
  why: string | null;
}

export class LinkedCaseView {
  @Uuid() linkId: string;
  @Int({ min: 1, max: 2_147_483_647, description: 'Version of the link, for If-Match' }) version: number;
  @Uuid({ description: 'The linked case' }) caseId: string;
  @OneOf(LINK_KINDS, { name: 'LinkKind' }) kind: string;
  @OneOf(LINK_STATUSES, { name: 'LinkStatus' }) status: string;
  @LongText() reason: string;
  @SomeOf(SHARED_PARTS, { description: 'What your side shares' }) ownSharedParts: string[];
  @OneOf(PHASES, { name: 'Phase', nullable: true, description: 'null until both sides have agreed, and for clients' })
  phase: string | null;
  @Text({
    nullable: true,
    description: 'Subject of its responsible case manager; null until both sides have agreed, and for clients',
  })
  responsible: string | null;
  @NestedList(() => LinkedPartView, { max: 10 }) parts: LinkedPartView[];
}

export class LinkedCasesView {
  @NestedList(() => LinkedCaseView, { max: 1000 }) data: LinkedCaseView[];
}

export class LinkStepView {
  @OneOf(LINK_STATUSES, { name: 'LinkStatus' }) status: string;
  @Instant() at: string;
  @Text() by: string;
  @LongText({ nullable: true }) reason: string | null;
}
export class LinkSharesView {
  @Uuid() caseId: string;
  @SomeOf(SHARED_PARTS) parts: string[];
}
export class LinkOpeningView {
  @Uuid({ description: 'Whose part it is' }) caseId: string;
  @OneOf(SHARED_PARTS, { name: 'SharedPart' }) part: string;
  @Text({ description: 'Subject of the case manager it was opened to' }) recipient: string;
  @Uuid() consentId: string;
  @Instant() openedAt: string;
  @Text() by: string;
  @Instant({ nullable: true }) closedAt: string | null;
}

export class CaseLinkView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid({ description: 'The side that proposed' }) caseId: string;
  @Uuid({ description: 'The side that was asked' }) otherCaseId: string;
  @OneOf(LINK_KINDS, { name: 'LinkKind' }) kind: string;
  @LongText() reason: string;
  @OneOf(LINK_STATUSES, { name: 'LinkStatus' }) status: string;
  @NestedList(() => LinkStepView) steps: LinkStepView[];
  @NestedList(() => LinkSharesView, { max: 2 }) sharedParts: LinkSharesView[];
  @NestedList(() => LinkOpeningView, { max: 10_000 }) openings: LinkOpeningView[];
}
