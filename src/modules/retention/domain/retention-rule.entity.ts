import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../shared/domain/errors';
import { RetentionRuleSet } from '../events';
import { rules } from './refusals';
import { DEFAULT_RULES, FIXED_KINDS, type RuleKind, type RuleTerms, STATUTORY } from './rule.words';

/** One edition of a rule as it was set. */
export type RuleEdition = RuleTerms & {
  readonly edition: number;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: string;
};

/** CONS-6: how long an organisation keeps one kind of data; earlier editions stay readable. Its version is its edition. */
@Entity({ schema: 'retention', name: 'rule' })
@Index('rule_once', ['tenantId', 'kind'], { unique: true })
export class RetentionRule extends AggregateRoot {
  @Column({ type: 'text', update: false }) readonly kind: RuleKind;
  @Column('jsonb') readonly editions: readonly RuleEdition[] = [];

  private constructor() {
    super();
  }

  /** What Lotse starts with, as long as the organisation has set nothing. */
  static initial(kind: RuleKind): RetentionRule {
    return Object.assign(new RetentionRule(), { kind });
  }

  get terms(): RuleTerms {
    return this.editions.at(-1) ?? DEFAULT_RULES[this.kind];
  }

  /** CONS-6: the organisation sets another time, with its legal basis; what the law demands is the least. */
  set(terms: RuleTerms, reason: string, { by, at }: Stamp): void {
    if (FIXED_KINDS.includes(this.kind)) throw rules.broken('retention-rule-fixed', { kind: this.kind });
    const faults = faultsOf(this.kind, terms);
    if (faults.length > 0) throw new InvalidInput(faults);
    const least = STATUTORY[this.kind];
    const enough =
      !least ||
      terms.action === 'keep' ||
      (terms.start === least.start &&
        (terms.birthday ?? 0) >= (least.birthday ?? 0) &&
        terms.years >= least.years &&
        terms.duty);
    if (!enough) throw rules.broken('retention-below-law', { kind: this.kind, ...least });
    const edition = this.version + 1;
    Object.assign(this, { editions: [...this.editions, { ...terms, edition, reason, setBy: by, setAt: at }] });
    this.record(new RetentionRuleSet(this.id, this.kind, edition, at));
  }
}

function faultsOf(kind: RuleKind, { start, birthday, years, months, days, action }: RuleTerms): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (field: string, code: string, en: string, de: string) =>
    faults.push({ pointer: `#/${field}`, code, detail: { en, de } });
  if ((start === 'birthday') !== (birthday !== null))
    fault(
      'birthday',
      'birthday',
      'Say which birthday starts the period, and only then',
      'Nennen Sie den Geburtstag, mit dem die Frist beginnt, und nur dann',
    );
  const usual = DEFAULT_RULES[kind].start === 'collection';
  if (usual !== (start === 'collection'))
    fault(
      'start',
      'start-unfit',
      usual
        ? 'These data go by their age: start is "collection"'
        : 'A file has an end: start is "file_end" or "birthday"',
      usual
        ? 'Diese Daten gehen nach ihrem Alter: start ist „collection“'
        : 'Eine Akte hat ein Ende: start ist „file_end“ oder „birthday“',
    );
  if (action === 'delete' && years + months + days === 0)
    fault(
      'years',
      'period-empty',
      'Give a period in years, months or days',
      'Geben Sie eine Frist in Jahren, Monaten oder Tagen an',
    );
  return faults;
}
