import { type Schemas, done, once } from '../people.mts';
import type { HelpCase } from './intake.mts';

type Entry = Schemas['WriteJournalEntryDto'];
type Activity = Omit<Entry, 'costCents'> & { costCents?: number };
const spent = new Map<string, { minutes: number; costCents: number }>();

/** Writes an entry and remembers its minutes and cost, so that the end of the story can compare. */
export async function journal({ id, cm }: HelpCase, activity: Activity): Promise<void> {
  const entry: Entry = { costCents: 0, ...activity };
  await done(
    cm.POST('/v1/cases/{caseId}/journal-entries', { params: { path: { caseId: id }, header: once() }, body: entry }),
  );
  const { minutes, costCents } = effortOf(id);
  spent.set(id, { minutes: minutes + entry.minutes, costCents: costCents + entry.costCents });
}

/** What was written down for a case so far: minutes and euro cents. */
export const effortOf = (caseId: string) => spent.get(caseId) ?? { minutes: 0, costCents: 0 };
