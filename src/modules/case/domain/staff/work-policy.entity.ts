import { Check, Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { type FieldFault, InvalidInput } from '../../../../shared/domain/errors';
import { DEFAULT_POLICY, type PolicyTerms } from './work-policy.values';

/** CASE-7: what an organisation sets about the work of its case managers; there is one for each. */
@Entity({ schema: 'cases', name: 'work_policy' })
@Check('work_policy_caseload_limit', 'caseload_limit between 1 and 500')
@Index('work_policy_once', ['tenantId'], { unique: true })
export class WorkPolicy extends AggregateRoot {
  @Column('int', { name: 'caseload_limit' }) readonly caseloadLimit: number;
  @Column('int', { array: true }) readonly weights: readonly number[];
  @Column('jsonb') readonly bands: PolicyTerms['bands'];
  @Column('jsonb') readonly owners: PolicyTerms['owners'];
  @Column('jsonb') readonly days: PolicyTerms['days'];
  @Column('text', { name: 'set_by' }) private setBy: string;
  @Column({ type: 'timestamptz', name: 'set_at', precision: 3 }) private setAt: Date;

  private constructor() {
    super();
  }

  /** What Lotse starts with, as long as the organisation has set nothing. */
  static initial(): WorkPolicy {
    return Object.assign(new WorkPolicy(), DEFAULT_POLICY);
  }

  /** CASE-7: the organisation sets limit, weights and bands. */
  set(terms: PolicyTerms, { by, at }: Stamp): void {
    const faults = faultsOf(terms);
    if (faults.length > 0) throw new InvalidInput(faults);
    Object.assign(this, terms, { setBy: by, setAt: new Date(at) });
  }
}

function faultsOf({ weights, bands, owners }: PolicyTerms): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, code: string, en: string, de: string) =>
    faults.push({ pointer, code, detail: { en, de } });
  weights.forEach((weight, i) => {
    if (i > 0 && weight < weights[i - 1]!)
      fault(
        `#/weights/${i}`,
        'weight-falls',
        'A more intense case cannot weigh less than a lighter one',
        'Ein intensiverer Fall kann nicht weniger wiegen als ein leichterer',
      );
  });
  bands.forEach(({ band, upToPercent }, i) => {
    const last = i === bands.length - 1;
    if (bands.some((other, j) => j < i && other.band === band))
      fault(`#/bands/${i}/band`, 'band-twice', 'Every band has its own name', 'Jede Stufe trägt einen eigenen Namen');
    if (last !== (upToPercent === null))
      fault(
        `#/bands/${i}/upToPercent`,
        'band-end',
        'The last band, and only that one, has no upper end (null)',
        'Die letzte Stufe, und nur sie, hat keine Obergrenze (null)',
      );
    else if (!last && i > 0 && upToPercent! <= (bands[i - 1]!.upToPercent ?? 0))
      fault(
        `#/bands/${i}/upToPercent`,
        'band-order',
        'Bands go upwards: each ends above the one before',
        'Die Stufen steigen an: jede endet über der vorigen',
      );
  });
  owners.forEach(({ team }, i) => {
    if (owners.some((other, j) => j < i && other.team === team))
      fault(`#/owners/${i}/team`, 'owner-twice', 'A team has one owner', 'Für ein Team steht genau eine Person ein');
  });
  return faults;
}
