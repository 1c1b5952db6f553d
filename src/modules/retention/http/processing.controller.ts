import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answer } from '../../../shared/http/answer';
import { Instant, Int, Nested, NestedList, OneOf, SomeOf, Text, TextList } from '../../../shared/http/fields';
import { Operation } from '../../../shared/http/operation';
import { ProcessingRegister } from '../application/processing-register';
import { RULE_KINDS } from '../domain/rule.words';
import { RetentionTerms } from './retention.dto';

const MAX = 2_147_483_647;

export class RegisterText {
  @Text({ max: 500 }) en: string;
  @Text({ max: 500 }) de: string;
}
export class RegisterScope {
  @Text() scope: string;
  @Text({ max: 500 }) allows: string;
}
export class ProcessingActivity {
  @Text() purpose: string;
  @Nested(() => RegisterText) name: RegisterText;
  @TextList({ description: 'The usual ones, as a proposal' }) legalBases: string[];
  @TextList({ description: 'Roles that may use data for this purpose' }) roles: string[];
  @NestedList(() => RegisterScope, { max: 500, description: 'What these roles may do' }) scopes: RegisterScope[];
  @TextList({ max: 1000, description: 'Tables of the modules whose operations they may call' }) tables: string[];
}
export class RegisterColumn {
  @Text() column: string;
  @OneOf(['identifier', 'content', 'special', 'person', 'case', 'staff', 'record'], {
    description: '`identifier` says who somebody is; `special` is of a special category (GDPR 9), or may be',
  })
  kind: string;
  @Nested(() => RegisterText) label: RegisterText;
}
export class RegisterData {
  @Text() table: string;
  @Nested(() => RegisterText) label: RegisterText;
  @SomeOf(['case', 'request', 'person', 'record', 'staff', 'nobody'], { description: 'On whom: by which file' })
  about: string[];
  @SomeOf(RULE_KINDS, { description: 'By which rules it is kept; empty: as long as the organisation works with Lotse' })
  keptBy: string[];
  @OneOf(['delete', 'anonymise', 'keep']) end: string;
  @NestedList(() => RegisterColumn, { max: 500 }) columns: RegisterColumn[];
}
export class RegisterRecipients {
  @Text({ description: 'Occasion: referral, conference, informed party …' }) flow: string;
  @Text({ description: 'organisation or person' }) kind: string;
  @Int({ min: 0, max: MAX, description: 'How often data were passed on' }) passedOn: number;
  @Int({ min: 0, max: MAX, description: 'To how many of them' }) recipients: number;
}
export class RegisterRetention extends RetentionTerms {
  @OneOf(RULE_KINDS, { name: 'RetentionKind' }) kind: string;
  @Int({ min: 0, max: MAX }) edition: number;
}
export class RegisterMeasure {
  @Text() code: string;
  @Nested(() => RegisterText) text: RegisterText;
}
export class ProcessingRegisterView {
  @Instant() asOf: string;
  @NestedList(() => ProcessingActivity) activities: ProcessingActivity[];
  @NestedList(() => RegisterData, { max: 1000 }) data: RegisterData[];
  @NestedList(() => RegisterRecipients, { max: 500 }) recipients: RegisterRecipients[];
  @NestedList(() => RegisterRetention) retention: RegisterRetention[];
  @NestedList(() => RegisterMeasure) measures: RegisterMeasure[];
}

@ApiTags('Retention')
@Controller({ path: 'processing-activities', version: '1' })
export class ProcessingController {
  constructor(private readonly register: ProcessingRegister) {}

  @Get()
  @Operation({
    id: 'getProcessingActivities',
    summary: 'The register of processing activities (GDPR 30)',
    description:
      'Made from what the code does: purposes, roles and rights from the policies, data from the declarations of every table, recipients counted from the event log, retention from the rules of the organisation, and the technical measures. Names of the controller and its officers are to be added.',
    rules: ['CONS-6'],
    scope: 'retention:read',
    answers: ProcessingRegisterView,
  })
  async read() {
    return new Answer(await this.register.read(), null);
  }
}
