import { createHash } from 'node:crypto';
import { Column, Entity, Index } from 'typeorm';
import { AggregateRoot, type Stamp } from '../../../shared/domain/aggregate-root';
import { rules } from './refusals';
import type { ConsentKind } from './words';

/** What a text is for and how it is named; a purpose and kind may have several, one for each language and version. */
export type ConsentTextTerms = {
  kind: ConsentKind;
  purpose: string;
  /** BCP 47. */
  language: string;
  textVersion: string;
  text: string;
};

/** CONS-1: a text that is explained and signed. What was published is never changed: another wording is another version. */
@Entity({ schema: 'consent', name: 'consent_text' })
@Index('consent_text_by_name', ['tenantId', 'kind', 'purpose', 'language', 'textVersion'], { unique: true })
export class ConsentText extends AggregateRoot implements ConsentTextTerms {
  @Column({ type: 'text', update: false }) readonly kind: ConsentKind;
  @Column({ type: 'text', update: false }) readonly purpose: string;
  @Column({ type: 'text', update: false }) readonly language: string;
  @Column({ type: 'text', name: 'text_version', update: false }) readonly textVersion: string;
  @Column({ type: 'text', update: false }) readonly text: string;
  /** SHA-256 of the text in UTF-8, hexadecimal. */
  @Column({ type: 'text', update: false }) readonly sha256: string;
  @Column({ type: 'text', name: 'published_by', update: false }) private readonly publishedBy: string;
  @Column({ type: 'timestamptz', name: 'published_at', precision: 3, update: false })
  private readonly publishedAt: Date;
  @Column({ type: 'text', name: 'retired_by', nullable: true }) private retiredBy: string | null = null;
  @Column({ type: 'timestamptz', name: 'retired_at', precision: 3, nullable: true })
  private retiredAt: Date | null = null;

  private constructor() {
    super();
  }

  /** Publishes a text; from now on it can be named by consents. */
  static publish(terms: ConsentTextTerms, stamp: Stamp): ConsentText {
    const sha256 = createHash('sha256').update(terms.text, 'utf8').digest('hex');
    return Object.assign(new ConsentText(), terms, {
      sha256,
      publishedBy: stamp.by,
      publishedAt: new Date(stamp.at),
    });
  }

  /** It is no longer shown to anybody; consents that were given on it keep it. */
  retire(stamp: Stamp): void {
    if (this.retiredAt) throw rules.broken('consent-text-retired', { consentTextId: this.id });
    this.retiredAt = new Date(stamp.at);
    this.retiredBy = stamp.by;
  }

  /** Whether new consents may name it. */
  get inUse(): boolean {
    return this.retiredAt === null;
  }
}
