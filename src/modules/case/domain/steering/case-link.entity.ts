import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../../shared/domain/aggregate-root';
import { NotFound } from '../../../../shared/domain/errors';
import { type ConsentWithdrawn, InformationPassed } from '../../../consent/events';
import { CasesLinked } from '../../events';
import { linkRules } from './case-link.refusals';
import {
  CATEGORY_OF,
  LINK_PURPOSE,
  type LINK_STATUSES,
  type LinkKind,
  type LinkStep,
  type PartOpening,
  type SharedPart,
} from './case-link.values';

/** CASE-11: two cases of one family or household, steered jointly; both sides agree, each says what it shares. */
@Entity({ schema: 'cases', name: 'case_link' })
@Index('case_link_by_case', ['tenantId', 'caseId'])
@Index('case_link_by_other_case', ['tenantId', 'otherCaseId'])
@Index('case_link_once', { synchronize: false })
export class CaseLink extends AggregateRoot {
  @Column({ type: 'uuid', name: 'case_id', update: false }) readonly caseId: string;
  @Column({ type: 'uuid', name: 'other_case_id', update: false }) readonly otherCaseId: string;
  @Column({ type: 'text', update: false }) readonly kind: LinkKind;
  @Column({ type: 'text', update: false }) readonly reason: string;
  @Column('text') status: (typeof LINK_STATUSES)[number] = 'proposed';
  @Column('jsonb') private steps: LinkStep[] = [];
  /** By case id: what that side agreed to share. */
  @Column('jsonb', { name: 'shared_parts' }) private sharedParts: Record<string, readonly SharedPart[]> = {};
  @Column('jsonb') private openings: PartOpening[] = [];

  private constructor() {
    super();
  }

  /** One side proposes; it says what it is willing to share. */
  static propose(
    caseId: string,
    otherCaseId: string,
    kind: LinkKind,
    reason: string,
    parts: readonly SharedPart[],
    stamp: Stamp,
  ): CaseLink {
    if (caseId === otherCaseId) throw linkRules.broken('link-to-itself', { caseId });
    const link = new CaseLink();
    Object.assign(link, { caseId, otherCaseId, kind, reason });
    link.sharedParts = { [caseId]: parts, [otherCaseId]: [] };
    link.step('proposed', null, stamp);
    return link;
  }

  /** The other side agrees; from now on the cases are linked. */
  accept(side: string, parts: readonly SharedPart[], stamp: Stamp): void {
    if (this.status !== 'proposed' || side !== this.otherCaseId)
      throw linkRules.broken('link-not-proposed', { linkStatus: this.status });
    this.sharedParts = { ...this.sharedParts, [side]: parts };
    this.step('agreed', null, stamp);
    this.record(new CasesLinked(this.id, this.caseId, this.otherCaseId, stamp.at));
  }

  /** One side changes what it shares; what it no longer shares is closed at once. */
  share(side: string, parts: readonly SharedPart[], stamp: Stamp): void {
    this.requireSide(side);
    if (this.status === 'ended') throw linkRules.broken('link-ended');
    this.sharedParts = { ...this.sharedParts, [side]: parts };
    this.closeOpenings(({ caseId, part }) => caseId === side && !parts.includes(part), stamp.at);
  }

  /** The side `opening.caseId` opens a part to the other, relying on a consent that was just checked. */
  open(opening: Omit<PartOpening, 'openedAt' | 'by' | 'closedAt'>, stamp: Stamp): void {
    const { caseId, part, recipient, consentId } = opening;
    this.requireSide(caseId);
    if (this.status !== 'agreed') throw linkRules.broken('link-not-agreed', { linkStatus: this.status });
    if (!this.sharedParts[caseId]?.includes(part)) throw linkRules.broken('part-not-shared', { caseId, part });
    if (
      this.openings.some(
        (o) =>
          o.closedAt === null &&
          o.caseId === caseId &&
          o.part === part &&
          o.recipient === recipient &&
          o.consentId === consentId,
      )
    )
      throw linkRules.broken('part-already-open', { caseId, part });
    this.closeOpenings((o) => o.caseId === caseId && o.part === part, stamp.at);
    this.openings.push({ ...opening, openedAt: stamp.at, by: stamp.by, closedAt: null });
    this.record(
      new InformationPassed(
        this.id,
        caseId,
        'linked_case',
        'person',
        recipient,
        LINK_PURPOSE,
        [CATEGORY_OF[part]],
        consentId,
        stamp.at,
      ),
    );
  }

  /** CONS-2: what relied on a withdrawn consent is closed. Says whether anything was. */
  withdraw(event: Pick<ConsentWithdrawn, 'aggregateId' | 'whole' | 'recipientIds' | 'categories' | 'at'>): boolean {
    const named = (list: readonly string[], value: string) => event.whole || list.length === 0 || list.includes(value);
    return this.closeOpenings(
      ({ consentId, recipient, part }) =>
        consentId === event.aggregateId &&
        named(event.recipientIds, recipient) &&
        named(event.categories, CATEGORY_OF[part]),
      event.at,
    );
  }

  /** CONS-2: the client of that side takes part no more; nothing of the side stays open. Says whether anything was. */
  closeSide(side: string, at: string): boolean {
    return this.closeOpenings(({ caseId }) => caseId === side, at);
  }

  /** One side ends the link; everything that was open is closed. */
  end(side: string, reason: string, stamp: Stamp): void {
    this.requireSide(side);
    if (this.status === 'ended') throw linkRules.broken('link-ended');
    this.closeOpenings(() => true, stamp.at);
    this.step('ended', reason, stamp);
  }

  /** The case at the other end. */
  otherSideOf(side: string): string {
    this.requireSide(side);
    return side === this.caseId ? this.otherCaseId : this.caseId;
  }

  private closeOpenings(which: (opening: PartOpening) => boolean, at: string): boolean {
    const closed = this.openings.filter((opening) => opening.closedAt === null && which(opening));
    for (const opening of closed) opening.closedAt = at;
    return closed.length > 0;
  }

  private step(status: LinkStep['status'], reason: string | null, { at, by }: Stamp): void {
    this.status = status;
    this.steps.push({ status, at, by, reason });
  }

  private requireSide(side: string): void {
    if (side !== this.caseId && side !== this.otherCaseId) throw new NotFound('case link', this.id);
  }
}
