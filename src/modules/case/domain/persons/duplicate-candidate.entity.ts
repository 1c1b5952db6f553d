import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { refusals } from '../../../../shared/domain/errors';
import type { CandidateState } from './duplicate-candidate.words';

/** What may be refused about possible duplicates (CASE-1). */
export const candidateRules = refusals({
  'candidate-decided': {
    title: { en: 'This pair is decided already', de: 'Über dieses Paar ist schon entschieden' },
    detail: {
      en: 'See "currentStatus". Merge the two persons if they turned out to be one after all.',
      de: 'Der Stand steht unter „currentStatus“. Führen Sie die beiden Personen zusammen, falls es doch dieselbe ist.',
    },
  },
});

/** Two persons that are probably one (CASE-1): found by the daily job, decided on by people. */
@Entity({ schema: 'cases', name: 'duplicate_candidate' })
@Index('duplicate_candidate_by_pair', ['tenantId', 'personId', 'otherId'], { unique: true })
@Index('duplicate_candidate_by_other', ['tenantId', 'otherId'])
@Index('duplicate_candidate_by_merge', { synchronize: false })
@Index('duplicate_candidate_by_score', ['tenantId', 'status', 'score', 'id'])
export class DuplicateCandidate extends AggregateRoot {
  @Column({ type: 'uuid', name: 'person_id', update: false }) readonly personId: string;
  @Column({ type: 'uuid', name: 'other_id', update: false }) readonly otherId: string;
  /** 50 to 100; see `scoreOf`. */
  @Column('int') readonly score: number;
  @Column('text', { array: true }) readonly reasons: string[];
  @Column('text') private status: CandidateState;
  @Column('jsonb', { nullable: true }) private dismissal: { reason: string; by: string; at: string } | null;
  /** The merge that decided on the pair, and what was decided before it. */
  @Column({ type: 'uuid', name: 'merge_id', nullable: true, update: false }) readonly mergeId: string | null;
  @Column({ type: 'text', name: 'before_merge', nullable: true, update: false })
  readonly beforeMerge: CandidateState | null;
  @Column({ type: 'timestamptz', name: 'found_at', precision: 3, update: false }) readonly foundAt: Date;

  private constructor() {
    super();
  }

  /** CASE-1: somebody compared the two: they are two persons, and are not proposed again. */
  dismiss(reason: string, stamp: Stamp): void {
    if (this.status !== 'open' && this.status !== 'vanished')
      throw candidateRules.broken('candidate-decided', { candidateId: this.id, currentStatus: this.status });
    this.status = 'dismissed';
    this.dismissal = { reason, ...stamp };
  }
}
