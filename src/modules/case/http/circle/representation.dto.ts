import {
  Bool,
  Instant,
  Int,
  IsoDate,
  Nested,
  NestedList,
  OneOf,
  SomeOf,
  Text,
  Uuid,
} from '../../../../shared/http/fields';
import {
  REPRESENTATION_KINDS,
  REPRESENTATION_TASKS,
  type RepresentationKind,
  type RepresentationTask,
} from '../../domain/circle/representation.words';

export class RecordRepresentationDto {
  @Uuid({ description: 'Who may decide: a person on record' }) representativeId: string;
  @OneOf(REPRESENTATION_KINDS, {
    name: 'RepresentationKind',
    example: 'legal_guardianship',
    description: 'On what ground: BGB §§ 1814, 1820, 1626, 1773, 1809, 1358',
  })
  kind: RepresentationKind;
  @SomeOf(REPRESENTATION_TASKS, {
    min: 1,
    max: 11,
    unique: true,
    example: ['health', 'residence'],
    description:
      'The matters the order or document names (BGB § 1815); `personal_care` and `property_care` for children, `general` for a power of attorney only',
  })
  tasks: RepresentationTask[];
  @Bool({ optional: true, description: 'Consent is reserved in these matters (BGB § 1825)' }) consentReserved?: boolean;
  @IsoDate() validFrom: string;
  @IsoDate({ optional: true, nullable: true, description: 'The last day; when the order is reviewed, for instance' })
  validUntil?: string | null;
  @Text({
    optional: true,
    nullable: true,
    example: 'Amtsgericht Leipzig',
    description: 'Needed where a court ordered it',
  })
  court?: string | null;
  @Text({ optional: true, nullable: true, max: 100, example: '521 XVII 17/26' }) fileNumber?: string | null;
  @Text({ max: 500, example: 'Order of 2026-01-12, copy in file 2026/17', description: 'Where the proof is' })
  evidence: string;
  @Text({ optional: true, nullable: true, max: 2000 }) note?: string | null;
}

export class EndRepresentationDto {
  @IsoDate({ description: 'The last day it counts, not in the future' }) on: string;
  @Text({ max: 1000, example: 'Lifted by the court' }) reason: string;
}

export class RepresentationEnd {
  @IsoDate() on: string;
  @Text({ max: 1000 }) reason: string;
  @Text() by: string;
  @Instant() at: string;
}

export class RepresentationView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid() representativeId: string;
  @OneOf(REPRESENTATION_KINDS, { name: 'RepresentationKind' }) kind: RepresentationKind;
  @SomeOf(REPRESENTATION_TASKS, { max: 11 }) tasks: RepresentationTask[];
  @Bool() consentReserved: boolean;
  @IsoDate() validFrom: string;
  @IsoDate({ nullable: true }) validUntil: string | null;
  @Text({ nullable: true }) court: string | null;
  @Text({ nullable: true, max: 100 }) fileNumber: string | null;
  @Text({ max: 500 }) evidence: string;
  @Text({ nullable: true, max: 2000 }) note: string | null;
  @Nested(() => RepresentationEnd, { nullable: true }) ended: RepresentationEnd | null;
  @Text() recordedBy: string;
  @Instant() recordedAt: string;
}

export class Representations {
  @NestedList(() => RepresentationView, { max: 200 }) data: RepresentationView[];
}
