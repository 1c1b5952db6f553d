/**
 * Consent as the catalogue words it (CONS-1 to CONS-7), without a line of the program: what may go to whom at which
 * moment. The property test holds every disclosure and every refusal of the program against it.
 */

export const PURPOSES = ['referral', 'coordination', 'conference', 'joint_steering'] as const;
export type Purpose = (typeof PURPOSES)[number];
/** The categories that the runs use for a purpose. */
export const POOL: Record<Purpose, readonly string[]> = {
  referral: ['identity', 'health'],
  coordination: ['identity', 'health'],
  conference: ['identity', 'health'],
  joint_steering: ['service_plan', 'conference_minutes'],
};
/** Without a participation consent of the client nothing goes out for these (CONS-3). */
const WHILE_TAKING_PART: readonly Purpose[] = ['referral', 'coordination', 'joint_steering'];

type Period = { from: string; until: string | null };
export type Participation = Period & { id: string; withdrawn: boolean };
/** What was released and not withdrawn since, as `recipient category`; only the client's releases carry the client's data. */
export type Release = Period & {
  id: string;
  kind: 'disclosure' | 'data_processing';
  of: 'client' | 'child';
  purpose: Purpose;
  recipients: string[];
  categories: string[];
  left: Set<string>;
};
export type Exception = {
  id: string;
  of: 'client' | 'child';
  purpose: Purpose;
  recipient: string;
  categories: string[];
  until: string;
  invokedAt: string;
  confirmed: boolean;
  over: boolean;
  told: boolean;
};
export type Flow = { purpose: Purpose; recipient: string; categories: readonly string[] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const cell = (recipient: string, category: string): string => `${recipient} ${category}`;

export class Oracle {
  readonly participations: Participation[] = [];
  readonly releases: Release[] = [];
  readonly exceptions: Exception[] = [];

  /** `now` is an ISO instant. */
  constructor(public now: string) {}

  /** Days end at midnight in Germany, which in March is an hour before the day is over in UTC. */
  get today(): string {
    return this.dayIn(0);
  }
  dayIn(days: number): string {
    return new Date(Date.parse(this.now) + HOUR + days * DAY).toISOString().slice(0, 10);
  }

  /** CONS-1, CONS-7: both days of the period belong to it. */
  private runs({ from, until }: Period): boolean {
    return from <= this.today && (until === null || this.today <= until);
  }

  get takesPart(): boolean {
    return this.participations.some((p) => !p.withdrawn && this.runs(p));
  }

  /** CONS-4: twenty-four hours unconfirmed, then only confirmed; never beyond its last day or its end. */
  isOpen({ over, until, confirmed, invokedAt }: Exception): boolean {
    return !over && this.today <= until && (confirmed || Date.parse(this.now) <= Date.parse(invokedAt) + DAY);
  }

  /** The consents of the client that carry all of it now. */
  releasesFor({ purpose, recipient, categories }: Flow): string[] {
    if (WHILE_TAKING_PART.includes(purpose) && !this.takesPart) return [];
    return this.releases
      .filter((r) => r.kind === 'disclosure' && r.of === 'client' && r.purpose === purpose && this.runs(r))
      .filter(({ left }) => categories.every((category) => left.has(cell(recipient, category))))
      .map(({ id }) => id);
  }

  /** The exceptions that carry all of it now: a danger does not ask whether the client takes part. */
  exceptionsFor({ purpose, recipient, categories }: Flow): string[] {
    return this.exceptions
      .filter((e) => e.of === 'client' && e.purpose === purpose && e.recipient === recipient && this.isOpen(e))
      .filter((e) => categories.every((category) => e.categories.includes(category)))
      .map(({ id }) => id);
  }

  /** Everything the flow may rely on now. */
  bases(flow: Flow): string[] {
    return [...this.releasesFor(flow), ...this.exceptionsFor(flow)];
  }

  untold(id: string): boolean {
    return this.exceptions.some((e) => e.id === id && !e.told);
  }

  /** CONS-2: withdraws what is named, everything where nothing is; false where nothing of it was left. */
  withdraw(release: Release, { recipients, categories }: { recipients?: string[]; categories?: string[] }): boolean {
    const gone = [...release.left].filter((key) => {
      const [recipient, category] = key.split(' ') as [string, string];
      return (recipients ?? [recipient]).includes(recipient) && (categories ?? [category]).includes(category);
    });
    for (const key of gone) release.left.delete(key);
    return gone.length > 0;
  }
}
