import { context } from './context';
import type { Stamp } from './domain/aggregate-root';
import type { Clock } from './domain/clock';

/** The user of the context, now. */
export const stampBy = (clock: Clock): Stamp => ({ by: context().user!.subject, at: clock.now() });
