import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { PersonRelationEnded, PersonRelationRevoked, PersonsRelated } from '../../events';
import { type Period, type Revocation, endFault, fault, mayEnd, overlap, periodFaults } from './circle.values';
import { relationRules as rules } from './person-relation.refusals';
import { OLDER, type RelationKind, contradict, inverseOf } from './person-relation.words';

/** What the other person is to this one, and since when until when, as far as that is known. */
export type RelationTerms = {
  otherPersonId: string;
  kind: RelationKind;
  validFrom?: string | null;
  validUntil?: string | null;
};
/** One end of a relation. */
export type RelatedPerson = { id: string; birthDate: string | null };
/** A relation of the two that stands, seen from the same side. */
export type KnownRelation = Period & { id: string; kind: RelationKind };

/** CASE-1: two persons are related, whatever cases they have. One record, read from both sides; it holds nothing of who they are. */
@Entity({ schema: 'cases', name: 'person_relation' })
@Index('person_relation_by_person', ['tenantId', 'personId', 'id'])
@Index('person_relation_by_other', ['tenantId', 'otherId', 'id'])
export class PersonRelation extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'uuid', name: 'other_id', update: false }) readonly otherId: string;
  /** What `otherId` is to `personId`. */
  @Column({ type: 'text', update: false }) readonly kind: RelationKind;
  @Column({ type: 'date', name: 'valid_from', nullable: true, update: false }) readonly validFrom: string | null;
  @Column('date', { name: 'valid_until', nullable: true }) readonly validUntil: string | null;
  @Column('jsonb', { nullable: true }) private ended: { by: string; at: string } | null = null;
  @Column('jsonb', { nullable: true }) private revoked: Revocation | null = null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** Relates two persons; `known` are the relations of the two that stand. Names every field that does not fit. */
  static record(
    person: RelatedPerson,
    other: RelatedPerson,
    { kind, validFrom = null, validUntil = null }: Omit<RelationTerms, 'otherPersonId'>,
    known: readonly KnownRelation[],
    stamp: Stamp,
  ): PersonRelation {
    const period = { validFrom, validUntil };
    const faults = [...kindFaults(person, other, kind), ...periodFaults(period, dayOf(stamp))];
    if (faults.length > 0) throw new InvalidInput(faults);
    const meanwhile = known.filter((one) => overlap(one, period));
    const same = meanwhile.find((one) => one.kind === kind);
    if (same) throw rules.broken('relation-already-recorded', { relationId: same.id });
    const against = meanwhile.find((one) => contradict(one.kind, kind));
    if (against) throw rules.broken('relation-contradicts', { relationId: against.id, kind: against.kind });
    const relation = new PersonRelation();
    Object.assign(relation, {
      ...{ personId: person.id, otherId: other.id, kind, ...period },
      ...{ recordedBy: stamp.by, recordedAt: new Date(stamp.at) },
    });
    relation.record(new PersonsRelated(relation.id, person.id, other.id, kind, validFrom, validUntil, stamp.at));
    return relation;
  }

  /** It ended, or will not hold beyond that day; the last one it counts. */
  end(on: string, stamp: Stamp): void {
    this.requireStanding();
    if (this.ended) throw rules.broken('relation-ended', { relationId: this.id, endedOn: this.validUntil });
    if (!mayEnd(this, on, dayOf(stamp))) throw new InvalidInput([endFault()]);
    this.ended = { by: stamp.by, at: stamp.at };
    Object.assign(this, { validUntil: on });
    this.record(new PersonRelationEnded(this.id, this.personId, this.otherId, on, stamp.at));
  }

  /** It was recorded by mistake: nobody finds it any more with the persons. */
  revoke(reason: string, stamp: Stamp): void {
    this.requireStanding();
    this.revoked = { reason, ...stamp };
    this.record(new PersonRelationRevoked(this.id, this.personId, this.otherId, stamp.at));
  }

  private requireStanding(): void {
    if (this.revoked) throw rules.broken('relation-revoked', { relationId: this.id });
  }
}

function kindFaults(person: RelatedPerson, other: RelatedPerson, kind: RelationKind): FieldFault[] {
  const faults: FieldFault[] = [];
  if (person.id === other.id)
    faults.push(
      fault(
        'otherPersonId',
        'own-relation',
        'Nobody is related to themselves: name the other person',
        'Niemand steht in einer Beziehung zu sich selbst: Nennen Sie die andere Person',
      ),
    );
  const generations = OLDER.includes(kind) ? [other, person] : OLDER.includes(inverseOf(kind)) ? [person, other] : null;
  const [elder, younger] = generations ?? [];
  if (elder?.birthDate && younger?.birthDate && elder.birthDate >= younger.birthDate)
    faults.push(
      fault(
        'kind',
        'generations-reversed',
        'By the birth dates on record the child would not be the younger one: `kind` says what the other person is to this one. Turn it round, or correct the birth date',
        'Nach den erfassten Geburtsdaten wäre das Kind nicht jünger: „kind“ sagt, was die andere Person für diese ist. Drehen Sie die Beziehung um oder berichtigen Sie das Geburtsdatum',
      ),
    );
  return faults;
}
