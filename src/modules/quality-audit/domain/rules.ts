import type { CaseFacts } from './case-facts';
import type { Rule, Verdict } from './rule';
import { assessmentRules } from './rules/assessment';
import { clarificationRules } from './rules/clarification';
import { endingRules } from './rules/ending';
import { linkingRules } from './rules/linking';
import { planningRules } from './rules/planning';

/** Every automatic rule (QA-2), in the order of the standards. */
export const RULES: readonly Rule[] = [
  ...clarificationRules,
  ...assessmentRules,
  ...planningRules,
  ...linkingRules,
  ...endingRules,
];

/** The rule of that id, as the catalogue names it. */
export const ruleOf = (id: string): Rule | undefined => RULES.find((rule) => rule.id === id);

/** What every rule says of one case as of a day; the same facts always give the same verdicts. */
export const examine = (facts: CaseFacts, caseId: string, asOf: string): (Verdict & { rule: string })[] =>
  RULES.map((rule) => ({ rule: rule.id, ...rule.examine(facts, caseId, asOf) }));
