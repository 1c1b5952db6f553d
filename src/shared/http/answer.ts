import { ApiSchema } from '@nestjs/swagger';
import type { AggregateRoot } from '../domain/aggregate-root';
import type { Access } from '../audit/access-log';
import type { Localised } from '../domain/errors';
import { Int, NestedList, Text, Uuid } from './fields';

/** Something the caller should know although the step was taken: a stable code, and what to do, in both languages. */
export type Warning = { readonly code: string; readonly detail: Localised };

/** A warning as it is sent: in the caller's language. */
@ApiSchema({ name: 'Warning' })
export class WarningView {
  @Text({ description: 'Stable word for the warning', example: 'qualification-expired' }) code: string;
  @Text({ max: 1000, description: 'What to know and to do next, in German or English (Accept-Language)' })
  detail: string;
}

/** The warnings as they are sent. */
export const warningsIn = (language: keyof Localised, warnings: readonly Warning[]): WarningView[] =>
  warnings.map(({ code, detail }) => ({ code, detail: detail[language] }));

/** What every command answers: which thing, at which version it is now (also the ETag). Read the thing with GET. */
export class Receipt {
  @Uuid() id: string;
  @Int({ min: 0, max: 2_147_483_647, description: 'The version the thing has now; the ETag is this number in quotes' })
  version: number;
  @NestedList(() => WarningView, { description: 'What should be known although the step was taken' })
  warnings: Warning[];

  /** For an aggregate that was stored in the unit of work in force. */
  static of(aggregate: AggregateRoot, warnings: Warning[] = []): Receipt {
    return Object.assign(new Receipt(), { id: aggregate.id, version: aggregate.version + 1, warnings });
  }
}

/** What a read was about, for the access log; null where no personal data is in it. */
export type Subject = Omit<Access, 'action'> | null;

/** One thing, as JSON text made by PostgreSQL, with its version for the ETag. */
export class Resource {
  constructor(
    readonly json: string,
    readonly version: number,
    readonly subject: Subject,
  ) {}
}

/** One page of a list; `data` is the JSON text of its rows, separated by commas. */
export class Page {
  constructor(
    readonly data: string,
    readonly limit: number,
    readonly next: string | null,
    readonly prev: string | null,
    readonly subject: Subject,
  ) {}
}

/** A file to be saved. */
export class Download {
  constructor(
    readonly content: Buffer,
    readonly contentType: string,
    readonly fileName: string,
    readonly subject: Subject,
  ) {}
}

/** An answer that is no stored thing (a comparison, a check): plain data, with what it was about. */
export class Answer<T extends object> {
  constructor(
    readonly body: T,
    readonly subject: Subject,
  ) {}
}
