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
    const kinds: KindDecision[] = [];
    for (const file of files) {
      await this.scheduling.schedule(file);
      kinds.push(...this.ofFile(file, inForce, await this.isHeld(file)));
    }
    const otherCases = (await this.eraser.casesNaming([personId])).filter(
      (id) => !own.some((file) => file.id === id),
    ).length;
    if (files.length === 0 && otherCases === 0) {
      const held = await this.holds.on([personId], this.clock.today());
      kinds.push({
        ...{ kind: 'person_without_file', of: 'person', id: personId, edition: 0, keptUntil: null },
        obstacle: held.has(personId) ? 'on_hold' : (await this.eraser.isNeeded(personId)) ? 'in_use' : null,
        legalBasis: inForce('person_without_file').terms.legalBasis,
      });
    }
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

  /** Whether the file is on hold, or everything about somebody whom it names. */
  async isHeld({ kind, id, personId }: RetainedFile): Promise<boolean> {
    const ids = [id, personId, ...(await this.eraser.personsIn(kind, id))];
    return (await this.holds.on(ids, this.clock.today())).size > 0;
  }

  /** What stands against erasing one kind of a file now; the file itself goes only when nothing in it has to stay. */
  obstacle(file: RetainedFile, kind: ErasureItem['kind'], inForce: RulesInForce, held: boolean): Obstacle {
    if (held) return 'on_hold';
    if (file.endedOn === null) return 'in_use';
    const due = file.dueAt(this.clock.today()).map((term) => term.kind);
    const bound = (one: ErasureItem['kind']) => inForce(one).terms.duty && !due.includes(one);
    return (kind === file.fileKind ? file.openKinds : [kind]).some(bound) ? 'retention_duty' : null;
  }

  private ofFile(file: RetainedFile, inForce: RulesInForce, held: boolean): KindDecision[] {
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
    // The file goes with everything in it.
    return own.obstacle === null ? [own] : open;
  }
}
