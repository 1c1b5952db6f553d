import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { RepresentationEnded, RepresentationRecorded } from '../../events';
import { representationRules as rules } from './representation.refusals';
import type { RepresentationKind, RepresentationTask } from './representation.words';

/** What is sealed: it tells which court dealt with whom. */
export type RepresentationDocuments = {
  court: string | null;
  fileNumber: string | null;
  /** Where the order or document is. */
  evidence: string;
  note: string | null;
};
export type RepresentationTerms = {
  representativeId: string;
  kind: RepresentationKind;
  tasks: readonly RepresentationTask[];
  /** Einwilligungsvorbehalt (BGB § 1825): in these matters the person acts with the representative's consent only. */
  consentReserved?: boolean;
  validFrom: string;
  validUntil?: string | null;
  court?: string | null;
  fileNumber?: string | null;
  evidence: string;
  note?: string | null;
};

const BY_COURT: readonly RepresentationKind[] = ['legal_guardianship', 'guardianship_of_minor', 'curatorship'];
const FOR_MINORS: readonly RepresentationKind[] = ['parental_custody', 'guardianship_of_minor'];
const OF_CHILDREN: readonly RepresentationTask[] = ['personal_care', 'property_care'];

/** CASE-1, CONS-1: somebody may decide for a person, in the matters named. */
@Entity({ schema: 'cases', name: 'representation' })
@Index('representation_by_person', ['tenantId', 'personId', 'id'])
@Index('representation_by_representative', ['tenantId', 'representativeId', 'id'])
export class Representation extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'uuid', name: 'representative_id', update: false }) readonly representativeId: string;
  @Column({ type: 'text', update: false }) readonly kind: RepresentationKind;
  @Column({ type: 'text', array: true, update: false }) readonly tasks: RepresentationTask[];
  @Column({ type: 'boolean', name: 'consent_reserved', update: false }) readonly consentReserved: boolean;
  @Column({ type: 'date', name: 'valid_from', update: false }) readonly validFrom: string;
  @Column('date', { name: 'valid_until', nullable: true }) readonly validUntil: string | null;
  @Column({ type: 'bytea', update: false }) readonly sealed: Buffer;
  /** The person whose key opens it; `personId` follows merges, this does not. */
  @Column({ type: 'uuid', name: 'sealed_for', update: false }) readonly sealedFor: string;
  @Column('jsonb', { nullable: true }) private ended: { on: string; reason: string; by: string; at: string } | null =
    null;
  @Column({ type: 'text', name: 'recorded_by', update: false }) private readonly recordedBy: string;
  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, update: false }) private readonly recordedAt: Date;

  private constructor() {
    super();
  }

  /** Puts on record who represents `person`; names every field that does not fit. `seal` seals the documents. */
  static record(
    person: { id: string; birthDate: string | null },
    terms: RepresentationTerms,
    seal: (documents: RepresentationDocuments, id: string) => Buffer,
    stamp: Stamp,
  ): Representation {
    const faults = faultsOf(person, terms);
    if (faults.length > 0) throw new InvalidInput(faults);
    const { representativeId, kind, tasks, consentReserved = false, validFrom, validUntil = null } = terms;
    const { court = null, fileNumber = null, evidence, note = null } = terms;
    const found = new Representation();
    Object.assign(found, {
      ...{ personId: person.id, sealedFor: person.id, representativeId, kind, tasks, consentReserved },
      ...{ validFrom, validUntil, recordedBy: stamp.by, recordedAt: new Date(stamp.at) },
    });
    Object.assign(found, { sealed: seal({ court, fileNumber, evidence, note }, found.id) });
    found.record(
      new RepresentationRecorded(found.id, person.id, representativeId, kind, tasks, validFrom, validUntil, stamp.at),
    );
    return found;
  }

  /** It ends on that day (the last one it counts), earlier than was thought: lifted, revoked, another representative. */
  end(on: string, reason: string, stamp: Stamp): void {
    if (this.ended) throw rules.broken('representation-ended', { representationId: this.id, endedOn: this.ended.on });
    if (on < this.validFrom || on > (this.validUntil ?? on) || on > dayOf(stamp))
      throw new InvalidInput([
        fault(
          '#/on',
          'end-out-of-range',
          'The last day lies within the time it was recorded for, and not in the future',
          'Der letzte Tag liegt in der erfassten Zeit und nicht in der Zukunft',
        ),
      ]);
    this.ended = { on, reason, ...stamp };
    Object.assign(this, { validUntil: on });
    this.record(new RepresentationEnded(this.id, this.personId, this.representativeId, on, stamp.at));
  }
}

const fault = (pointer: string, code: string, en: string, de: string): FieldFault => ({
  pointer,
  code,
  detail: { en, de },
});
const plus = (date: string, years: number, months: number): string => {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 12 * years + months);
  return day.toISOString().slice(0, 10);
};

function faultsOf({ id, birthDate }: { id: string; birthDate: string | null }, t: RepresentationTerms): FieldFault[] {
  const faults: FieldFault[] = [];
  const broken = (when: boolean, field: string, code: string, en: string, de: string) => {
    if (when) faults.push(fault(`#/${field}`, code, en, de));
  };
  broken(
    t.representativeId === id,
    'representativeId',
    'own-representative',
    'Nobody represents themselves: name the other person',
    'Niemand vertritt sich selbst: Nennen Sie die andere Person',
  );
  broken(
    t.validUntil != null && t.validUntil < t.validFrom,
    'validUntil',
    'ends-before-start',
    'It would end before it begins',
    'Sie würde enden, bevor sie beginnt',
  );
  const byCourt = BY_COURT.includes(t.kind);
  broken(
    byCourt && !t.court,
    'court',
    'court-missing',
    'Name the court that ordered it',
    'Nennen Sie das Gericht, das sie angeordnet hat',
  );
  broken(
    byCourt && !t.fileNumber,
    'fileNumber',
    'file-number-missing',
    'Give the file number of the order',
    'Geben Sie das Aktenzeichen des Beschlusses an',
  );
  const minor = FOR_MINORS.includes(t.kind);
  broken(
    minor && birthDate !== null && t.validFrom >= plus(birthDate, 18, 0),
    'kind',
    'adult-has-no-custody',
    'Adults are under nobody’s custody: choose legal guardianship or a power of attorney',
    'Volljährige stehen unter keiner Sorge: Wählen Sie rechtliche Betreuung oder Vollmacht',
  );
  broken(
    t.kind === 'legal_guardianship' && birthDate !== null && t.validFrom < plus(birthDate, 17, 0),
    'kind',
    'minor-has-no-legal-guardianship',
    'Legal guardianship is for adults, and ordered from 17 years on at the earliest (BGB § 1814)',
    'Rechtliche Betreuung gibt es für Volljährige, angeordnet frühestens ab 17 Jahren (§ 1814 BGB)',
  );
  t.tasks.forEach((task, i) => {
    broken(
      minor !== OF_CHILDREN.includes(task) && t.kind !== 'curatorship',
      `tasks/${i}`,
      'task-does-not-fit',
      'Care of the person and of property is for custody and guardianship of children, all other matters for adults',
      'Personen- und Vermögenssorge gehören zu elterlicher Sorge und Vormundschaft, alle anderen Bereiche zu Volljährigen',
    );
    broken(
      task === 'general' && t.kind !== 'power_of_attorney',
      `tasks/${i}`,
      'task-not-named',
      'Only a power of attorney can be general; a court names each matter (BGB § 1815)',
      'Umfassend kann nur eine Vollmacht sein; ein Gericht nennt jeden Bereich einzeln (§ 1815 BGB)',
    );
    broken(
      task !== 'health' && t.kind === 'spouse_emergency',
      `tasks/${i}`,
      'health-only',
      'Spouses represent each other in matters of health only (BGB § 1358)',
      'Ehegatten vertreten einander nur in Angelegenheiten der Gesundheitssorge (§ 1358 BGB)',
    );
  });
  broken(
    t.kind === 'spouse_emergency' && (t.validUntil == null || t.validUntil > plus(t.validFrom, 0, 6)),
    'validUntil',
    'six-months-at-most',
    'Spouses represent each other for six months at most (BGB § 1358): give the last day',
    'Ehegatten vertreten einander höchstens sechs Monate (§ 1358 BGB): Geben Sie den letzten Tag an',
  );
  broken(
    t.consentReserved === true && t.kind !== 'legal_guardianship',
    'consentReserved',
    'reservation-needs-guardianship',
    'Only a legal guardianship can reserve consent (BGB § 1825)',
    'Einen Einwilligungsvorbehalt gibt es nur bei rechtlicher Betreuung (§ 1825 BGB)',
  );
  return faults;
}
