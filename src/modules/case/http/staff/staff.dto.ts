import { Instant, Int, IsoDate, Nested, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';

export class StaffQualificationDto {
  @Text({ example: 'Case Manager (DGCC)' }) title: string;
  @IsoDate({
    optional: true,
    nullable: true,
    description: 'Last day it is valid; null when it does not end',
    example: '2028-12-31',
  })
  validUntil?: string | null;
  @IsoDate({ optional: true, nullable: true, description: 'Last training, supervision apart', example: '2026-02-14' })
  lastTrainingOn?: string | null;
}

export class PutStaffDto {
  @Text({ example: 'Miss CM' }) displayName: string;
  @Text({ optional: true, nullable: true, max: 100, example: 'hospital' }) team?: string | null;
  @Int({
    min: 1,
    max: 500,
    optional: true,
    nullable: true,
    description:
      'Weight this person may carry; null or left out: the limit of the organisation (`getWorkPolicy`) holds. The DGCC guidelines leave the ratio to the organisation (§ 7.1)',
    example: 30,
  })
  caseloadLimit?: number | null;
  @Nested(() => StaffQualificationDto, { optional: true, nullable: true, description: 'null while none is on record' })
  qualification?: StaffQualificationDto | null;
}

export class ListStaffQuery extends PageQuery {
  @Text({ optional: true, max: 100, example: 'hospital' }) team?: string;
}

export class StaffQualificationView {
  @Text() title: string;
  @IsoDate({ nullable: true }) validUntil: string | null;
  @IsoDate({ nullable: true }) lastTrainingOn: string | null;
}

export class StaffView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text() subject: string;
  @Text() displayName: string;
  @Text({ nullable: true, max: 100 }) team: string | null;
  @Int({ min: 1, max: 500, nullable: true, description: 'null: the limit of the organisation holds' }) caseloadLimit:
    number | null;
  @Nested(() => StaffQualificationView, { nullable: true }) qualification: StaffQualificationView | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}
