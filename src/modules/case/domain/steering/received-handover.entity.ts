import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import type { HandoverFacts } from './case-transfer.values';

/** What came with a case: kept by the organisation that took it over, and never changed. */
export type Handover = {
  transferId: string;
  requestId: string;
  organisationId: string;
  organisationName: string;
  summary: string;
  facts: HandoverFacts;
};

/** CASE-12: the handover an organisation received from another one; its request starts from it. */
@Entity({ schema: 'cases', name: 'received_handover' })
@Index('received_handover_by_request', ['tenantId', 'requestId'], { unique: true })
export class ReceivedHandover extends AggregateRoot {
  @Column({ type: 'uuid', name: 'transfer_id', update: false }) readonly transferId: string;
  @Column({ type: 'uuid', name: 'request_id', update: false }) readonly requestId: string;
  @Column({ type: 'uuid', name: 'organisation_id', update: false }) readonly organisationId: string;
  @Column({ type: 'text', name: 'organisation_name', update: false }) readonly organisationName: string;
  @Column({ type: 'text', update: false }) readonly summary: string;
  @Column({ type: 'jsonb', update: false }) readonly facts: HandoverFacts;
  @Column({ type: 'text', name: 'received_by', update: false }) private readonly receivedBy: string;
  @Column({ type: 'timestamptz', name: 'received_at', precision: 3, update: false }) private readonly receivedAt: Date;

  private constructor() {
    super();
  }

  static receive(handover: Handover, { by, at }: Stamp): ReceivedHandover {
    return Object.assign(new ReceivedHandover(), handover, { receivedBy: by, receivedAt: new Date(at) });
  }
}
