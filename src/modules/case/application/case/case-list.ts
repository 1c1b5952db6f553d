import { type Member, json, wordOrNull } from '../../../../shared/database/json-text';
import type { Parameters } from '../../../../shared/database/unit-of-work';
import { InvalidInput } from '../../../../shared/domain/errors';
import type { PageQuery } from '../../../../shared/http/page';
import { CASE_FLAGS, type CaseFlag } from '../../domain/case/case.values';

/** Which cases a list shows, of those the user may see, and in which order. */
export type CaseFilter = PageQuery & {
  phase?: string;
  status?: string;
  /** `me`, or a subject. */
  responsible?: string;
  /** `me`, or a subject. */
  deputy?: string;
  team?: string;
  fieldOfPractice?: string;
  flag?: CaseFlag;
  /** First and last day on which something is due next (YYYY-MM-DD). */
  dueFrom?: string;
  dueUntil?: string;
  /** By opening, latest first unless said otherwise; by what is due next where that is asked for. */
  sort?: 'latest' | 'oldest' | 'due';
};

/** When a flag is up, as SQL on `cases.case c`; each has its index. `today` makes an SQL expression. */
const FLAGS: Record<CaseFlag, (today: () => string) => string> = {
  overdue: (today) => `c.next_due_on < ${today()}`,
  acute_danger: () => `c.acute_danger and c.status <> 'closed'`,
  over_caseload: () => `c.over_limit and c.status <> 'closed'`,
  no_agreement: () => `c.agreed_on is null and c.status <> 'closed'`,
  closing: () => `c.closing is not null and c.status <> 'closed'`,
};

/** The conditions of a filter on `cases.case c`, beginning with ` and`, and the order it implies. */
export function wantedCases(
  { phase, status, responsible, deputy, team, fieldOfPractice, flag, dueFrom, dueUntil, sort }: CaseFilter,
  day: string,
  add: Parameters['add'],
): { conditions: string; sort: 'latest' | 'oldest' | 'due' } {
  const byDue = flag === 'overdue' || dueFrom !== undefined || dueUntil !== undefined;
  if (byDue && sort !== undefined && sort !== 'due') throw new InvalidInput([ONLY_BY_DUE]);
  const order = sort ?? (byDue ? 'due' : 'latest');
  const equal = Object.entries({ phase, status, responsible, deputy, team, field_of_practice: fieldOfPractice })
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => `c.${column} = ${add(value)}`);
  const conditions = [
    ...equal,
    ...(flag ? [FLAGS[flag](() => `${add(day)}::date`)] : []),
    ...(dueFrom === undefined ? [] : [`c.next_due_on >= ${add(dueFrom)}::date`]),
    ...(dueUntil === undefined ? [] : [`c.next_due_on <= ${add(dueUntil)}::date`]),
    ...(order === 'due' ? ['c.next_due_on is not null'] : []),
  ];
  return { conditions: conditions.map((condition) => ` and ${condition}`).join(''), sort: order };
}

/** What a row of the list says beside the case itself; nothing of the work list to the client, whom `forClient` (SQL) finds. */
export function listed(forClient: string, day: string, add: Parameters['add']): Record<string, Member> {
  const today = () => `${add(day)}::date`;
  const flags = CASE_FLAGS.map((flag) => `case when ${FLAGS[flag](today)} then '"${flag}"' end`).join(', ');
  return {
    nextDueOn: wordOrNull(`case when not ${forClient} then c.next_due_on end`),
    flags: json(`case when ${forClient} then '[]' else '[' || concat_ws(',', ${flags}) || ']' end`),
  };
}

const ONLY_BY_DUE = {
  pointer: '#/sort',
  code: 'only-by-due',
  detail: {
    en: 'A list of what is due is sorted by it: leave "sort" out, or set it to "due"',
    de: 'Eine Liste dessen, was fällig ist, ist danach sortiert: Lassen Sie „sort“ weg oder setzen Sie es auf „due“',
  },
};
