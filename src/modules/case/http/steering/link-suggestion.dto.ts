import { NestedList, OneOf, SomeOf, Text, Uuid } from '../../../../shared/http/fields';
import { CASE_STATUSES } from '../../domain/case/case.values';
import { LINK_KINDS, type LinkKind } from '../../domain/steering/case-link.values';

export class LinkSuggestion {
  @Uuid() caseId: string;
  @Uuid({ description: 'Its client' }) personId: string;
  @SomeOf(LINK_KINDS, { description: 'How the two clients belong together', example: ['family', 'household'] })
  kinds: LinkKind[];
  @OneOf(CASE_STATUSES, { name: 'CaseStatus' }) status: string;
  @Text({ description: 'Subject of its responsible case manager' }) responsible: string;
}

export class LinkSuggestions {
  @NestedList(() => LinkSuggestion, { max: 50 }) data: LinkSuggestion[];
}
