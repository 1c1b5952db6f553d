import { Int, Nested, NestedList, Num, OneOf, SomeOf, Text } from '../../../shared/http/fields';
import { PERSPECTIVES } from '../domain/perspective';

/** A text in both languages. */
export class BilingualText {
  @Text({ max: 4000 }) de: string;
  @Text({ max: 4000 }) en: string;
}

/** A named step of a scale. */
export class ScaleStepView {
  @Int({ min: -1000, max: 1000 }) value: number;
  @Nested(() => BilingualText) text: BilingualText;
}

/** The item is asked once the other one was answered at least that high. */
export class ShowWhenView {
  @Text({ max: 60 }) item: string;
  @Int({ min: -1000, max: 1000 }) atLeast: number;
}

export class InstrumentItemView {
  @Text({ max: 60, example: 'd1.need' }) code: string;
  @OneOf(['scale', 'text', 'boolean'], { name: 'ItemType' }) type: string;
  @Nested(() => BilingualText) text: BilingualText;
  @Int({ optional: true, min: -1000, max: 1000 }) min?: number;
  @Int({ optional: true, min: -1000, max: 1000 }) max?: number;
  @NestedList(() => ScaleStepView, { optional: true }) anchors?: ScaleStepView[];
  @Nested(() => ShowWhenView, { optional: true }) showWhen?: ShowWhenView;
}

export class InstrumentSectionView {
  @Text({ max: 60, example: 'd1' }) code: string;
  @Text({ max: 80, description: 'The word needs and resources use', example: 'mobility' }) dimension: string;
  @Nested(() => BilingualText) title: BilingualText;
  @Nested(() => BilingualText) description: BilingualText;
  @NestedList(() => InstrumentItemView) items: InstrumentItemView[];
}

/** A named part of the value range; both ends belong to it. */
export class BandView {
  @Num({ min: -1000, max: 1000 }) from: number;
  @Num({ min: -1000, max: 1000 }) to: number;
  @Text({ max: 60 }) code: string;
  @Nested(() => BilingualText) text: BilingualText;
}

export class ScoringRuleView {
  @Text({ max: 60, example: 'need' }) code: string;
  @OneOf(['mean', 'max', 'sum'], { name: 'ScoringFunction' }) function: string;
  @Text({ max: 60, description: 'Last part of the item codes it takes in' }) item: string;
  @NestedList(() => BandView) bands: BandView[];
}

export class InstrumentRow {
  @Text({ max: 60, example: 'nine-life-areas' }) code: string;
  @Text({ max: 20, example: '1.0.0' }) version: string;
  @Nested(() => BilingualText) title: BilingualText;
  @Nested(() => BilingualText) description: BilingualText;
  @SomeOf(['de', 'en']) languages: string[];
  @SomeOf(PERSPECTIVES) perspectives: string[];
}

export class InstrumentView extends InstrumentRow {
  @Text({ max: 1000 }) licence: string;
  @NestedList(() => InstrumentSectionView) sections: InstrumentSectionView[];
  @NestedList(() => ScoringRuleView) scoring: ScoringRuleView[];
}
