import { Bool, Int, IsoDate, Nested, NestedList, Uuid } from '../../../../shared/http/fields';
import { NamedPerson } from './person-relation.dto';

const SINCE = { nullable: true, description: 'The first day there; null where it is not known' };

export class HouseholdMemberDto {
  @Uuid({ description: 'A person on record, not merged' }) personId: string;
  @IsoDate({ ...SINCE, optional: true, example: '2024-05-01' }) validFrom?: string | null;
}

export class RecordHouseholdDto {
  @NestedList(() => HouseholdMemberDto, { min: 1, max: 30, description: 'Who lives together' })
  members: HouseholdMemberDto[];
}

export class LeaveHouseholdDto {
  @Uuid({ description: 'Who moves out, or has died' }) personId: string;
  @IsoDate({ description: 'The last day there, not in the future' }) on: string;
}

export class HouseholdMemberView {
  @Nested(() => NamedPerson) person: NamedPerson;
  @IsoDate(SINCE) validFrom: string | null;
  @IsoDate({ nullable: true, description: 'The last day there' }) validUntil: string | null;
  @Bool({ description: 'Lives there today' }) current: boolean;
}

export class HouseholdView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @NestedList(() => HouseholdMemberView, { max: 1000 }) members: HouseholdMemberView[];
}

export class Households {
  @NestedList(() => HouseholdView, { max: 1000 }) data: HouseholdView[];
}
