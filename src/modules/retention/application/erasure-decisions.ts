import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/domain/clock';
import { NotFound } from '../../../shared/domain/errors';
import { Eraser } from '../../../shared/privacy/eraser';
import type { ErasureItem } from '../domain/erasure-run.entity';
import type { RetainedFile, RulesInForce } from '../domain/retained-file.entity';
import { LegalHoldRepository, RetainedFileRepository, RetentionRuleRepository } from './repositories';
import { Scheduling } from './scheduling';

/** Why a kind of data cannot be erased now; null where it can. */
export type Obstacle = 'in_use' | 'on_hold' | 'retention_duty' | null;
/** One kind of data in one file, and what stands against its erasure. */
export type KindDecision = ErasureItem & {
  readonly obstacle: Obstacle;
  readonly legalBasis: string;
};
/** What can be erased of a person now, and what duties stand against the rest (GDPR 17; SGB X § 84). */
export type ErasureDecision = {
  readonly personId: string;
  /** `restrict`: nothing may be erased; the processing is restricted instead. */
  readonly outcome: 'erase' | 'erase_partly' | 'restrict';
  readonly kinds: readonly KindDecision[];
  /** Cases of others that name the person; as long as they are kept, who the person is stays known. */
  readonly otherCases: number;
};

/** Decides what may be erased when a person asks for it (CONS-6). */
@Injectable()
export class ErasureDecisions {
  constructor(
    private readonly clock: Clock,
    private readonly eraser: Eraser,
    private readonly files: RetainedFileRepository,
    private readonly holds: LegalHoldRepository,
    private readonly rules: RetentionRuleRepository,
    private readonly scheduling: Scheduling,
  ) {}

  async of(personId: string): Promise<ErasureDecision> {
    if (!(await this.eraser.exists('person', personId))) throw new NotFound('person', personId);
    const own = await this.files.ofPerson(personId);
    const files = own.filter(({ caseId }) => caseId === null);
    const inForce = await this.rules.inForce();
    const held = await this.holds.on([personId, ...files.map(({ id }) => id)], this.clock.today());
    const kinds: KindDecision[] = [];
    for (const file of files) {
      await this.scheduling.schedule(file);
      kinds.push(...this.ofFile(file, inForce, held));
    }
    const otherCases = (await this.eraser.casesNaming(personId)).filter(
      (id) => !own.some((file) => file.id === id),
    ).length;
    if (files.length === 0 && otherCases === 0)
      kinds.push({
        ...{ kind: 'person_without_file', of: 'person', id: personId, edition: 0, keptUntil: null },
        obstacle: held.has(personId) ? 'on_hold' : null,
        legalBasis: inForce('person_without_file').terms.legalBasis,
      });
    const free = kinds.filter(({ obstacle }) => obstacle === null).length;
    const whole = free === kinds.length && otherCases === 0;
    return { personId, outcome: free === 0 ? 'restrict' : whole ? 'erase' : 'erase_partly', kinds, otherCases };
  }

  /** What may be erased of it now; the file as a whole stands for everything in it. */
  itemsOf({ kinds }: ErasureDecision): ErasureItem[] {
    return kinds
      .filter(({ obstacle }) => obstacle === null)
      .map(({ kind, of, id, edition, keptUntil }) => ({ kind, of, id, edition, keptUntil }));
  }

  /** What stands against erasing one kind of a file now. */
  obstacle(file: RetainedFile, kind: ErasureItem['kind'], inForce: RulesInForce, held: ReadonlySet<string>): Obstacle {
    if (held.has(file.id) || held.has(file.personId)) return 'on_hold';
    if (file.endedOn === null) return 'in_use';
    const due = file.dueAt(this.clock.today()).some((term) => term.kind === kind);
    return inForce(kind).terms.duty && !due ? 'retention_duty' : null;
  }

  private ofFile(file: RetainedFile, inForce: RulesInForce, held: ReadonlySet<string>): KindDecision[] {
    const terms = file.terms.length > 0 ? file.terms : [{ kind: file.fileKind, edition: 0, keptUntil: null }];
    const open = terms
      .filter(({ kind }) => !file.erased.includes(kind))
      .map((term) => ({
        ...term,
        of: file.kind,
        id: file.id,
        obstacle: this.obstacle(file, term.kind, inForce, held),
        legalBasis: inForce(term.kind).terms.legalBasis,
      }));
    const own = open.find(({ kind }) => kind === file.fileKind)!;
    // The file may go only when nothing in it has to stay, and goes with everything in it.
    const others = open.filter((one) => one !== own);
    const blocked = others.find(({ obstacle }) => obstacle !== null);
    if (own.obstacle === null && blocked) return [{ ...own, obstacle: blocked.obstacle }, ...others];
    return own.obstacle === null ? [own] : [own, ...others];
  }
}
