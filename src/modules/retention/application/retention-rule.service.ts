import { Injectable } from '@nestjs/common';
import { context } from '../../../shared/context';
import type { Expected } from '../../../shared/database/aggregate-repository';
import { UnitOfWork } from '../../../shared/database/unit-of-work';
import { Clock } from '../../../shared/domain/clock';
import { Answer, Receipt, Resource } from '../../../shared/http/answer';
import { stampBy } from '../../../shared/stamp';
import type { RetentionRule } from '../domain/retention-rule.entity';
import { DEFAULT_RULES, FIXED_KINDS, RULE_KINDS, type RuleTerms } from '../domain/rule.words';
import { RetentionRuleRepository } from './repositories';

const view = (rule: RetentionRule) => {
  const { kind, version } = rule;
  const terms = ({ start, birthday, years, months, days, toYearEnd, legalBasis, duty, action }: RuleTerms) => ({
    ...{ start, birthday, years, months, days, toYearEnd, legalBasis, duty, action },
  });
  return {
    kind,
    version,
    fixed: FIXED_KINDS.includes(kind),
    ...terms(rule.terms),
    default: terms(DEFAULT_RULES[kind]),
    editions: rule.editions.map(({ edition, reason, setBy, setAt, ...was }) => ({
      edition,
      ...terms(was),
      reason,
      setBy,
      setAt,
    })),
  };
};
export type RuleView = ReturnType<typeof view>;

/** How long an organisation keeps what (CONS-6). */
@Injectable()
export class RetentionRuleService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly rules: RetentionRuleRepository,
  ) {}

  async list(): Promise<Answer<{ data: RuleView[] }>> {
    const all = await this.rules.all();
    return new Answer({ data: RULE_KINDS.map((kind) => view(all.get(kind)!)) }, null);
  }

  async get(kind: string): Promise<Resource> {
    const rule = await this.rules.ofKind(kind);
    return new Resource(JSON.stringify(view(rule)), rule.version, null);
  }

  /** Every file that is ended gets its new day by a listener. */
  set(kind: string, { reason, ...terms }: RuleTerms & { reason: string }, expected: Expected): Promise<Receipt> {
    return this.uow.run(async () => {
      await this.uow.lock();
      await this.uow.query('select pg_advisory_xact_lock(hashtextextended($1, 12))', [`rule ${context().tenantId}`]);
      const rule = await this.rules.ofKind(kind);
      this.rules.requireVersion(rule, expected);
      rule.set(terms, reason, stampBy(this.clock));
      this.rules.store(rule);
      return Receipt.of(rule);
    });
  }
}
