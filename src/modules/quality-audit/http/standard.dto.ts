import { Nested, NestedList, OneOf, Text } from '../../../shared/http/fields';

export class LocalisedText {
  @Text({ max: 2000 }) de: string;
  @Text({ max: 2000 }) en: string;
}
const Words = (description?: string) => Nested(() => LocalisedText, description ? { description } : {});

export class AuditNoteView {
  @Text({ max: 80, example: 'held-late' }) code: string;
  @Words() text: LocalisedText;
}

export class AuditRuleView {
  @Text({ max: 80, example: 'reviews-on-time' }) id: string;
  @Words('What to do where the rule is not met') advice: LocalisedText;
  @NestedList(() => AuditNoteView, { description: 'What the notes of evidence mean' }) notes: AuditNoteView[];
}

export class StandardCheckView {
  @Text({ max: 20, example: 'CM5-01' }) id: string;
  @OneOf(['structure', 'process', 'result']) kind: string;
  @Text({ example: 'S2 §4.1, CASE-3' }) source: string;
  @Words() text: LocalisedText;
  @Nested(() => AuditRuleView, { optional: true, description: 'The automatic rule; a check has this or a question' })
  rule?: AuditRuleView;
  @Nested(() => LocalisedText, { optional: true, description: 'What the auditor asks; a check has this or a rule' })
  question?: LocalisedText;
}

export class SelectionRecommendationView {
  @Words() what: LocalisedText;
  @Words() whatFor: LocalisedText;
  @Words() condition: LocalisedText;
  @Words() forWhom: LocalisedText;
}

export class ExecutionRecommendationView {
  @Words() when: LocalisedText;
  @Words() how: LocalisedText;
  @Words() who: LocalisedText;
  @Words() where: LocalisedText;
  @Words() withWhat: LocalisedText;
  @Words() howOften: LocalisedText;
  @Words() result: LocalisedText;
}

/** A quality standard: doing the right thing (selection) and doing it right (execution), with its checks. */
export class StandardView {
  @Text({ max: 20, example: 'CM5' }) id: string;
  @Words() title: LocalisedText;
  @Nested(() => SelectionRecommendationView) selection: SelectionRecommendationView;
  @Nested(() => ExecutionRecommendationView) execution: ExecutionRecommendationView;
  @NestedList(() => StandardCheckView) checks: StandardCheckView[];
}

export class OneStandardView extends StandardView {
  @Text({ max: 20, example: '2026.1' }) catalogueVersion: string;
}

/** The quality catalogue; a published version never changes. */
export class CatalogueView {
  @Text({ max: 20, example: '2026.1' }) version: string;
  @Words() title: LocalisedText;
  @NestedList(() => StandardView) standards: StandardView[];
}
