/** The public face of the retention module: what may be erased of a person, and proposing it. */
export { RetentionModule } from './retention.module';
export {
  ErasureDecisions,
  type ErasureDecision,
  type KindDecision,
  type Obstacle,
} from './application/erasure-decisions';
export { ErasureRunService } from './application/erasure-run.service';
