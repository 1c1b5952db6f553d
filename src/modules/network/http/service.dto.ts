import {
  Bool,
  Instant,
  Int,
  IsoDate,
  LongText,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  TextList,
  Uuid,
} from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import {
  PRICE_UNITS,
  PROBLEM_AREAS,
  type PriceUnit,
  type ProblemArea,
  SERVICE_STATUSES,
  type ServiceStatus,
  WEEKDAYS,
  type Weekday,
} from '../domain/words';

const may = { optional: true, nullable: true } as const;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class ServiceScheduleDto {
  @SomeOf(WEEKDAYS, { ...may, max: 7, unique: true, example: ['MO', 'TH'] }) byday?: Weekday[] | null;
  @Text({ ...may, max: 5, pattern: TIME, example: '09:00' }) opensAt?: string | null;
  @Text({ ...may, max: 5, pattern: TIME, example: '12:00' }) closesAt?: string | null;
  @Text({ ...may, max: 500, example: 'by appointment' }) description?: string | null;
}

/** What may be said about a service, when it is listed and later. */
class ServiceFields {
  @LongText({ ...may, max: 4000, example: 'Regulating debts, protection from seizure, insolvency.' }) description?:
    string | null;
  @OneOf(SERVICE_STATUSES, { optional: true, description: 'HSDS status; `active` unless said otherwise' })
  status?: ServiceStatus;
  @TextList({ optional: true, max: 30, unique: true, example: ['families'] }) targetGroups?: string[];
  @Text({ ...may, max: 2000, example: 'Residents of the city', description: 'HSDS `eligibility_description`' })
  eligibility?: string | null;
  @TextList({
    optional: true,
    max: 50,
    length: 8,
    unique: true,
    example: ['de', 'pl'],
    description: 'Language codes (BCP 47)',
  })
  languages?: string[];
  @TextList({ optional: true, max: 30, unique: true, example: ['wheelchair'] }) accessibility?: string[];
  @NestedList(() => ServiceScheduleDto, {
    optional: true,
    max: 30,
    description: 'Opening hours as days and times, or in words',
  })
  schedules?: ServiceScheduleDto[];
  @Text({ ...may, example: 'municipality', description: 'Who pays' }) payer?: string | null;
  @Int({ ...may, min: 0, max: 1_000_000_000, example: 0, description: 'Price in euro cents per `priceUnit`' })
  priceCents?: number | null;
  @OneOf(PRICE_UNITS, { ...may, example: 'session' }) priceUnit?: PriceUnit | null;
}

export class ListServiceDto extends ServiceFields {
  @Uuid() providerId: string;
  @Text({ example: 'Debt advice' }) name: string;
  @SomeOf(PROBLEM_AREAS, { min: 1, unique: true, example: ['debt'] }) problemAreas: ProblemArea[];
  @Text({ max: 100, example: '05315000', description: 'The area served: an AGS (digits) or a name' }) region: string;
}

export class ChangeServiceDto extends ServiceFields {
  @Text({ optional: true, example: 'Debt advice' }) name?: string;
  @SomeOf(PROBLEM_AREAS, { optional: true, min: 1, unique: true, example: ['debt', 'family_problems'] })
  problemAreas?: ProblemArea[];
  @Text({ optional: true, max: 100, example: '05315000' }) region?: string;
}

export class ConfirmCapacityDto {
  @Int({ ...may, min: 0, max: 100_000, example: 3, description: 'Null: not known' }) freePlaces?: number | null;
  @Int({ ...may, min: 0, max: 3650, example: 14, description: 'Days until a new person is taken on; null: not known' })
  waitingDays?: number | null;
}

export class ServicesQuery extends PageQuery {
  @Text({
    optional: true,
    example: 'debt advice',
    description: 'Words of name or description; the beginning of a word is enough',
  })
  q?: string;
  @OneOf(PROBLEM_AREAS, { optional: true }) problemArea?: ProblemArea;
  @Text({ optional: true, max: 100, example: '05315000' }) region?: string;
  @Text({ optional: true, max: 8, example: 'pl' }) language?: string;
  @OneOf(['true', 'false'], { optional: true, description: 'Only informal help, or only institutions' }) informal?:
    'true' | 'false';
  @Uuid({ optional: true }) providerId?: string;
  @OneOf(SERVICE_STATUSES, { optional: true, description: 'Default: active' }) status?: ServiceStatus;
}

export class ServiceCapacityView {
  @Int({ nullable: true, min: 0, max: 100_000 }) freePlaces: number | null;
  @Int({ nullable: true, min: 0, max: 3650 }) waitingDays: number | null;
  @IsoDate({ nullable: true, description: 'When this was last confirmed; null: never' }) confirmedOn: string | null;
}

/** A service as the directory knows it. */
export class ServiceView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() providerId: string;
  @Text({ example: 'Debt Advice Centre' }) providerName: string;
  @Bool({ description: 'Informal help' }) informal: boolean;
  @Text({ example: 'Debt advice' }) name: string;
  @LongText({ nullable: true, max: 4000 }) description: string | null;
  @OneOf(SERVICE_STATUSES) status: ServiceStatus;
  @SomeOf(PROBLEM_AREAS) problemAreas: ProblemArea[];
  @TextList() targetGroups: string[];
  @Text({ nullable: true, max: 2000 }) eligibility: string | null;
  @TextList() languages: string[];
  @TextList() accessibility: string[];
  @NestedList(() => ServiceScheduleDto) schedules: ServiceScheduleDto[];
  @Text({ max: 100 }) region: string;
  @Text({ nullable: true }) payer: string | null;
  @Int({ nullable: true, min: 0, max: 1_000_000_000, description: 'Euro cents per `priceUnit`' }) priceCents:
    number | null;
  @OneOf(PRICE_UNITS, { nullable: true }) priceUnit: PriceUnit | null;
  @Nested(() => ServiceCapacityView) capacity: ServiceCapacityView;
  @Bool({ description: 'Capacity was not confirmed within the last 90 days, or never: ask before you rely on it' })
  stale: boolean;
  @Instant() changedAt: string;
}
