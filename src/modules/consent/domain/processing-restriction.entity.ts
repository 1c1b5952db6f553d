import { localDay } from '../../../shared/domain/local-day';
import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp, dayOf } from '../../../shared/domain/aggregate-root';
import { InvalidInput } from '../../../shared/domain/errors';
import { ProcessingRestricted, ProcessingRestrictionLifted } from '../events';
import { rules } from './subject-request.refusals';
import type { RestrictionGround } from './subject-request.words';

/** Why and how a restriction ended; the person was told before (GDPR 18 (3)). */
export type Lifting = { reason: string; personToldOn: string; toldHow: string } & Stamp;

/** Whose data is kept and not used any more, and why (GDPR 18 (1)). */
export type RestrictionTerms = {
  personId: string;
  ground: RestrictionGround;
  reason: string;
  /** The request it follows, where there is one. */
  subjectRequestId?: string | null;
};

/**
 * GDPR 18: the data of a person, and of the cases of which the person is the client, is kept and not used. It counts from
 * the moment it is stored, because what everybody reads by is written with it (platform.person_facts).
 */
@Entity({ schema: 'consent', name: 'processing_restriction' })
@Index('processing_restriction_by_person', ['tenantId', 'personId', 'id'])
export class ProcessingRestriction extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'uuid', name: 'subject_request_id', update: false, nullable: true })
  readonly subjectRequestId: string | null;
  @Column({ type: 'text', update: false }) readonly ground: RestrictionGround;
  @Column({ type: 'text', update: false }) readonly reason: string;
  @Column({ type: 'text', name: 'restricted_by', update: false }) readonly restrictedBy: string;
  @Column({ type: 'timestamptz', name: 'restricted_at', precision: 3, update: false }) readonly restrictedAt: Date;
  @Column('jsonb', { nullable: true }) private lifting: Lifting | null = null;

  private constructor() {
    super();
  }

  static impose({ personId, ground, reason, subjectRequestId }: RestrictionTerms, stamp: Stamp): ProcessingRestriction {
    const restriction = Object.assign(new ProcessingRestriction(), {
      ...{ personId, ground, reason },
      subjectRequestId: subjectRequestId ?? null,
      restrictedBy: stamp.by,
      restrictedAt: new Date(stamp.at),
    });
    restriction.record(new ProcessingRestricted(restriction.id, personId, ground, stamp.at));
    return restriction;
  }

  /** The data may be used again; the person was told of that before. */
  lift(terms: { reason: string; personToldOn: string; toldHow: string }, stamp: Stamp): void {
    if (this.lifting) throw rules.broken('processing-restriction-lifted', { processingRestrictionId: this.id });
    const since = localDay(this.restrictedAt);
    if (terms.personToldOn < since || terms.personToldOn > dayOf(stamp))
      throw new InvalidInput([
        {
          pointer: '#/personToldOn',
          code: 'day-out-of-range',
          detail: {
            en: 'The person is told before the restriction is lifted: between the day it was made and today (GDPR Art. 18 (3)).',
            de: 'Die Person wird vor der Aufhebung unterrichtet: zwischen dem Tag der Einschränkung und heute (Art. 18 Abs. 3 DSGVO).',
          },
        },
      ]);
    const { reason, personToldOn, toldHow } = terms;
    this.lifting = { reason, personToldOn, toldHow, ...stamp };
    this.record(new ProcessingRestrictionLifted(this.id, this.personId, stamp.at));
  }
}
