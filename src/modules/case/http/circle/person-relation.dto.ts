import { Bool, Instant, Int, IsoDate, Nested, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { RELATION_KINDS, type RelationKind } from '../../domain/circle/person-relation.words';

const KIND = {
  name: 'RelationKind',
  example: 'child',
  description: 'What the other person is to this one; read from the other side it is the inverse (`parent`)',
};
const FROM = { nullable: true, description: 'The first day; null where it is not known' };
const UNTIL = { nullable: true, description: 'The last day; null while it has no end' };

export class RecordRelationDto {
  @Uuid({ description: 'The other person, on record and not merged' }) otherPersonId: string;
  @OneOf(RELATION_KINDS, KIND) kind: RelationKind;
  @IsoDate({ ...FROM, optional: true, example: '2012-06-30' }) validFrom?: string | null;
  @IsoDate({ ...UNTIL, optional: true, example: null }) validUntil?: string | null;
}

export class EndRelationDto {
  @IsoDate({ description: 'The last day it counts, not in the future' }) on: string;
}

/** Why something was recorded by mistake. */
export class RevokeEntryDto {
  @Text({ max: 500, example: 'It was the neighbour of the same name' }) reason: string;
}

/** Somebody next to another person; where to reach them stands with themselves. */
export class NamedPerson {
  @Uuid() id: string;
  @Text() familyName: string;
  @Text({ nullable: true }) givenName: string | null;
  @IsoDate({ nullable: true, example: '2012-06-30' }) birthDate: string | null;
}

export class RelationRow {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @OneOf(RELATION_KINDS, { ...KIND, description: 'What `person` is to the one asked about' }) kind: RelationKind;
  @Nested(() => NamedPerson) person: NamedPerson;
  @IsoDate(FROM) validFrom: string | null;
  @IsoDate(UNTIL) validUntil: string | null;
  @Bool({ description: 'It counts today' }) current: boolean;
}

export class Relations {
  @NestedList(() => RelationRow, { max: 500 }) data: RelationRow[];
}

export class EntryEnd {
  @Text() by: string;
  @Instant() at: string;
}
export class EntryRevocation {
  @Text({ max: 500 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}

export class RelationView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid() otherPersonId: string;
  @OneOf(RELATION_KINDS, { ...KIND, description: 'What `otherPersonId` is to `personId`' }) kind: RelationKind;
  @IsoDate(FROM) validFrom: string | null;
  @IsoDate(UNTIL) validUntil: string | null;
  @Nested(() => EntryEnd, { nullable: true, description: 'Who ended it' }) ended: EntryEnd | null;
  @Nested(() => EntryRevocation, { nullable: true, description: 'It was recorded by mistake and counts for nothing' })
  revoked: EntryRevocation | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}
