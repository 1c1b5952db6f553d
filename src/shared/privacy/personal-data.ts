import type { Localised } from '../domain/errors';
import type { RetentionClass } from '../domain/retention-class';

/**
 * What every table of Lotse holds about people (CONS-6; GDPR 5, 15, 17, 30). Each module declares its own tables in
 * `personal-data.ts`; test/privacy.spec.ts fails when a table or column of the database is missing there or is declared
 * and gone. Erasure, exports and the register of processing activities are made from nothing else.
 *
 * Adding a column: write what it holds.
 *
 *   remark: content('Remark', 'Bemerkung')            something said about the person
 *   diagnosis: special('Diagnosis', 'Diagnose')       health and the like (GDPR 9): a free text nearly always is
 *   phone: identifier('Phone', 'Telefon')             says who the person is
 *   written_by: staff('Written by', 'Verfasst von')   account of somebody who works with Lotse
 *   guardian_id: person('Guardian', 'Sorgeberechtigt')  another person on record; in jsonb: `{ at: '$[*].guardianId' }`
 *   plan_id: record('Plan', 'Plan')                   another record of the same file
 *   weight: technical                                 nothing about anybody
 */
export type ColumnKind = 'identifier' | 'content' | 'special' | 'person' | 'case' | 'staff' | 'record' | 'technical';

export type Column = {
  readonly kind: ColumnKind;
  /** How people call it, in exports and in the register; null for what is technical. */
  readonly label: Localised | null;
  /** Where ids of persons stand in a jsonb column, as SQL/JSON path. */
  readonly at?: string;
  /** What stands there after an anonymisation (`RANDOM`: another id each time); only in tables that end with `anonymise`. */
  readonly blank?: string | null;
};

const column =
  (kind: ColumnKind) =>
  (en: string, de: string, more: Pick<Column, 'at' | 'blank'> = {}): Column => ({ kind, label: { en, de }, ...more });

/** Says by itself who somebody is: names, birth date, address, numbers. */
export const identifier = column('identifier');
/** Said about somebody, of no special category. */
export const content = column('content');
/** Of a special category, or a free text that may hold some (GDPR 9). */
export const special = column('special');
/** The id of a person on record. */
export const person = column('person');
/** The id of another case than the one the row belongs to. */
export const otherCase = column('case');
/** The account of somebody who acts in Lotse: staff as a rule; a client or a provider's staff where they act themselves. */
export const staff = column('staff');
/** The id of another record, with nothing about a person in it. */
export const record = column('record');
/** Nothing about anybody: versions, hashes, what the machinery needs. */
export const technical: Column = { kind: 'technical', label: null };
/** What every aggregate has. */
export const keys = { tenant_id: technical, id: record('Number', 'Nummer'), version: technical } as const;

/** Blanks an id so that no two rows can be brought together by it. */
export const RANDOM = '$random';

/** A file: what is kept and erased as one. A request that became a case belongs to the file of the case. */
export type FileKind = 'case' | 'request' | 'person';

/**
 * On whom the rows hold data, by the column that leads there: to a file, to an erased record of any kind (`record`), to
 * staff, or to nobody. A row that several files share (`shared`: the table and column of their list) goes with the last.
 */
export type Of =
  | { readonly file: FileKind; readonly column: string; readonly shared?: { table: string; by: string; list: string } }
  | { readonly file: 'record' | 'staff'; readonly column: string }
  | { readonly file: 'nobody' };

export const ofCase = (column = 'case_id'): Of => ({ file: 'case', column });
export const ofRequest = (column = 'request_id'): Of => ({ file: 'request', column });
export const ofPerson = (column = 'person_id'): Of => ({ file: 'person', column });
/** Rows about a record that may be of any kind: they go when the record goes. */
export const ofRecord = (column: string): Of => ({ file: 'record', column });
/** Rows about somebody who works with Lotse. */
export const ofStaff = (column: string): Of => ({ file: 'staff', column });
export const ofNobody: Of = { file: 'nobody' };

/** What becomes of the rows at their end; `keep`: nothing is in them that says anything of anybody. */
export type End = 'delete' | 'anonymise' | 'keep';

export type Table = {
  readonly label: Localised;
  /** The way to whom it is about; where there are several, any of them leads to the row. */
  readonly of: readonly Of[];
  readonly retention: RetentionClass;
  readonly end: End;
  /** Of the table a file begins in: when it may not be erased, as SQL over the row. */
  readonly living?: string;
  /** Of rows that go by their age: when they were collected, a timestamp. */
  readonly collected?: string;
  /**
   * Persons who belong together: SQL of their pairs (`one`, `other`) in an organisation (`tenant`, SQL). As long as a file
   * needs one of them the other is kept as well; the rows themselves need nobody.
   */
  readonly together?: (tenant: string) => string;
  /** Of rows of a person's own file, which go with the person: while they keep the person on record, as SQL over the row. */
  readonly needs?: string;
  readonly columns: Readonly<Record<string, Column>>;
};

/** A table. What nothing else is said of is deleted in the end. */
export const table = (
  [en, de]: readonly [en: string, de: string],
  {
    of,
    end = 'delete',
    ...more
  }: { of: Of | readonly Of[]; end?: End } & Pick<Table, 'retention' | 'living' | 'collected' | 'together' | 'needs'>,
  columns: Readonly<Record<string, Column>>,
): Table => ({
  label: { en, de },
  of: Array.isArray(of) ? (of as readonly Of[]) : [of as Of],
  end,
  columns,
  ...more,
});

/** What a module holds: its tables by name, within one schema. Found among the providers of the Nest modules. */
export class PersonalData {
  constructor(
    readonly module: string,
    readonly schema: string,
    readonly tables: Readonly<Record<string, Table>>,
  ) {}

  /** As a provider, so that it is there whenever its module is. */
  get provider() {
    return { provide: `personal-data:${this.schema}`, useValue: this };
  }
}
