import { Instant, Int, IsoDate, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { PageQuery } from '../../../../shared/http/page';

const MISS_CM = '5b1f0c52-7a44-4d6e-8f00-000000000001';
const MR_CM = '5b1f0c52-7a44-4d6e-8f00-000000000002';

export class AbsenceCaseDeputy {
  @Uuid({ description: 'An open case the absent one is responsible for' }) caseId: string;
  @Text({ description: 'Subject of who stands in there', example: MR_CM }) deputy: string;
}
export class PutAbsenceDto {
  @IsoDate({ description: 'First day', example: '2026-07-06' }) fromOn: string;
  @IsoDate({ description: 'Last day; today or later', example: '2026-07-24' }) untilOn: string;
  @Text({
    optional: true,
    nullable: true,
    description:
      'Subject of who stands in for everything that `cases` does not name. Without one the owner of the team stands in (`getWorkPolicy`)',
    example: MR_CM,
  })
  deputy?: string | null;
  @NestedList(() => AbsenceCaseDeputy, {
    optional: true,
    max: 500,
    description: 'Cases in which somebody else stands in',
  })
  cases?: AbsenceCaseDeputy[];
}
export class NoteAbsenceDto extends PutAbsenceDto {
  @Text({
    optional: true,
    description: 'Who is absent; you when left out. Others are for their team lead',
    example: MISS_CM,
  })
  subject?: string;
}
export class ListAbsencesQuery extends PageQuery {
  @Text({ optional: true, description: 'Who is absent', example: MISS_CM }) subject?: string;
}

export class AbsenceRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text() subject: string;
  @IsoDate() fromOn: string;
  @IsoDate() untilOn: string;
  @Text() deputy: string;
  @OneOf(['named', 'owner'], { description: '`owner`: nobody was named, so who answers for the team stands in' })
  deputyBy: string;
  @OneOf(['noted', 'recalled']) status: string;
}
class AbsenceStep {
  @OneOf(['noted', 'changed', 'recalled']) step: string;
  @Text() by: string;
  @Instant() at: string;
}
export class AbsenceView extends AbsenceRow {
  @NestedList(() => AbsenceCaseDeputy, { max: 500, description: 'As far as you may read the cases' })
  cases: AbsenceCaseDeputy[];
  @NestedList(() => AbsenceStep, { max: 1000 }) steps: AbsenceStep[];
}
