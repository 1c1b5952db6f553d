import type { Instrument } from './instrument';
import { nineLifeAreas } from './nine-life-areas';

/** ASMT-1: the instruments that come with Lotse; a published version never changes, so old ones stay in this list. */
export const INSTRUMENTS: readonly Instrument[] = [nineLifeAreas];

/** The newest version of an instrument, or the version asked for; undefined when there is none. */
export const instrumentOf = (code: string, version?: string): Instrument | undefined =>
  INSTRUMENTS.findLast(
    (instrument) => instrument.code === code && (version === undefined || instrument.version === version),
  );
