import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import type { Localised } from '../../../../shared/domain/errors';

/** CASE-4: how one complains about the organisation; a setting, once per organisation, put into every decline letter. */
@Entity({ schema: 'cases', name: 'complaint_way' })
@Index('complaint_way_once', ['tenantId'], { unique: true })
export class ComplaintWay extends AggregateRoot {
  /** The name under which the organisation signs letters. */
  @Column('text') readonly organisation: string;
  @Column('jsonb') readonly text: Localised;
  @Column('text', { name: 'written_by' }) private readonly writtenBy: string;
  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 }) private readonly writtenAt: Date;

  private constructor() {
    super();
  }

  static record(organisation: string, text: Localised, stamp: Stamp): ComplaintWay {
    const way = new ComplaintWay();
    way.change(organisation, text, stamp);
    return way;
  }

  /** From now on; letters already given stay as they were. */
  change(organisation: string, text: Localised, { by, at }: Stamp): void {
    Object.assign(this, { organisation, text, writtenBy: by, writtenAt: new Date(at) });
  }
}
