import { OnEvent, Subscription } from '../../../shared/events/on-event';
import { ErasureAdvanced, ErasureReleased } from '../events';
import { ErasureExecution } from './erasure-execution';

/** CONS-6: a run goes on part by part. */
@Subscription('retention.erasure')
export class ErasureListeners {
  constructor(private readonly execution: ErasureExecution) {}

  @OnEvent(ErasureReleased)
  released({ aggregateId }: ErasureReleased): Promise<void> {
    return this.execution.advance(aggregateId);
  }

  @OnEvent(ErasureAdvanced)
  advanced({ aggregateId }: ErasureAdvanced): Promise<void> {
    return this.execution.advance(aggregateId);
  }
}
