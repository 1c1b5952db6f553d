import { Bool, Int, IsoDate, LongText, OneOf, SomeOf, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';
import {
  DEVIATIONS,
  MONITORING_DECISIONS,
  MONITORING_EFFECTS,
  MONITORING_SOURCES,
  type Observation,
} from '../../domain/monitoring/monitoring-words';

export class RecordMonitoringDto {
  @Uuid({ optional: true, description: 'The measure that was looked at; either this or a goal' }) measureId?: string;
  @Uuid({ optional: true, description: 'The goal that was looked at; either this or a measure' }) goalId?: string;
  @OneOf(MONITORING_SOURCES, { name: 'MonitoringSource', example: 'client_contact' }) source: Observation['source'];
  @IsoDate() on: string;
  @Bool({ optional: true, description: 'Whether what was agreed is delivered', example: true })
  deliveredAsAgreed?: boolean;
  @OneOf(MONITORING_EFFECTS, { optional: true, description: 'Whether it helps', example: 'as_expected' })
  effect?: NonNullable<Observation['effect']>;
  @Bool({ optional: true, example: true }) acceptedByClient?: boolean;
  @Bool({ optional: true, example: true }) cooperationWorking?: boolean;
  @LongText({ optional: true, description: 'What is different from what was agreed; needed when anything deviates' })
  deviation?: string;
  @OneOf(MONITORING_DECISIONS, {
    optional: true,
    description: 'What follows; needed when anything deviates',
    example: 'continue',
  })
  decision?: NonNullable<Observation['decision']>;
  @LongText({ max: 2000, optional: true, description: 'Why; needed when anything deviates' }) reason?: string;
}

export class MonitoringQuery extends PageQuery {
  @Uuid({ optional: true }) measureId?: string;
  @Uuid({ optional: true }) goalId?: string;
}

export class MonitoringView {
  @Uuid() id: string;
  @Int({ min: 1, max: 1 }) version: number;
  @Uuid() caseId: string;
  @Uuid() planId: string;
  @Uuid({ nullable: true }) measureId: string | null;
  @Uuid({ nullable: true }) goalId: string | null;
  @OneOf(MONITORING_SOURCES, { name: 'MonitoringSource' }) source: string;
  @IsoDate() on: string;
  @Bool({ nullable: true }) deliveredAsAgreed: boolean | null;
  @Text({ nullable: true, description: 'none, some, as_expected, better or worse' }) effect: string | null;
  @Bool({ nullable: true }) acceptedByClient: boolean | null;
  @Bool({ nullable: true }) cooperationWorking: boolean | null;
  @SomeOf(DEVIATIONS, { description: 'Where it departs from what was agreed' }) deviations: string[];
  @LongText({ nullable: true }) deviation: string | null;
  @OneOf(MONITORING_DECISIONS, { name: 'MonitoringDecision' }) decision: string;
  @LongText({ max: 2000, nullable: true }) reason: string | null;
  @Text() recordedBy: string;
}
