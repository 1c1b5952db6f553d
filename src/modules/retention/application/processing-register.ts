import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/domain/clock';
import type { Localised } from '../../../shared/domain/errors';
import { HeldData, type HeldTable } from '../../../shared/privacy/held-data';
import type { RetentionClass } from '../../../shared/domain/retention-class';
import { Processing } from '../../../shared/privacy/processing';
import { type RecipientCount, Recipients } from '../../../shared/privacy/recipients';
import { ACTIVITIES, MEASURES } from '../domain/register.words';
import { RULE_KINDS, type RuleKind, type RuleTerms } from '../domain/rule.words';
import { RetentionRuleRepository } from './repositories';

/** Which rules say how long tables of a class are kept; the others are kept as long as the organisation works with Lotse. */
const RULES_OF: Partial<Record<RetentionClass, readonly RuleKind[]>> = {
  case_file: ['case_file_adult', 'case_file_sgb8'],
  medical_record: ['medical_record'],
  consent_record: ['consent_record'],
  intake: ['intake_without_case', 'case_file_adult', 'case_file_sgb8'],
  person: ['person_without_file', 'case_file_adult', 'case_file_sgb8'],
  event_log: ['case_file_adult', 'case_file_sgb8', 'intake_without_case'],
  access_log: ['access_log'],
  export: ['export'],
  idempotency: ['idempotency'],
};

type Activity = {
  purpose: string;
  name: Localised;
  legalBases: readonly string[];
  roles: readonly string[];
  scopes: readonly { scope: string; allows: string }[];
  tables: string[];
};
type Data = {
  table: string;
  label: Localised;
  about: string[];
  keptBy: readonly RuleKind[];
  end: string;
  columns: { column: string; kind: string; label: Localised }[];
};
/** The register of processing activities (GDPR 30): nothing in it is written by hand but names, bases and measures. */
export type ProcessingActivities = {
  asOf: string;
  activities: Activity[];
  data: Data[];
  recipients: RecipientCount[];
  retention: (RuleTerms & { kind: RuleKind; edition: number })[];
  measures: readonly { code: string; text: Localised }[];
};

/** Makes the register from policies, operations, declarations, the event log and the retention rules (CONS-6). */
@Injectable()
export class ProcessingRegister {
  constructor(
    private readonly clock: Clock,
    private readonly held: HeldData,
    private readonly processing: Processing,
    private readonly recipients: Recipients,
    private readonly rules: RetentionRuleRepository,
  ) {}

  async read(): Promise<ProcessingActivities> {
    const about = this.held.tables.filter(({ columns }) =>
      Object.values(columns).some(({ kind }) => kind !== 'technical'),
    );
    const rules = await this.rules.all();
    return {
      asOf: this.clock.now(),
      activities: this.processing.uses().map(({ purpose, roles, scopes, modules }) => ({
        ...{ purpose, ...ACTIVITIES[purpose]!, roles, scopes },
        tables: about.filter(({ module }) => modules.includes(module)).map(({ name }) => name),
      })),
      data: about.map(dataOf),
      recipients: await this.recipients.count(),
      retention: RULE_KINDS.map((kind) => ({
        kind,
        edition: rules.get(kind)!.version,
        ...termsOf(rules.get(kind)!.terms),
      })),
      measures: MEASURES,
    };
  }
}

function dataOf({ name, label, of, retention, end, columns }: HeldTable): Data {
  return {
    table: name,
    label,
    about: [...new Set(of.map(({ file }) => file))],
    keptBy: RULES_OF[retention] ?? [],
    end,
    columns: Object.entries(columns).flatMap(([column, { kind, label }]) => (label ? [{ column, kind, label }] : [])),
  };
}

const termsOf = (rule: RuleTerms): RuleTerms => {
  const { start, birthday, years, months, days, toYearEnd, legalBasis, duty, action } = rule;
  return { start, birthday, years, months, days, toYearEnd, legalBasis, duty, action };
};
