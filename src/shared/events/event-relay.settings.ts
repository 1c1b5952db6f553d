import pg from 'pg';
import { NamedClient } from '../database/tenant-pool';

/** Delivery settings; tests make the waits short. */
export class RelaySettings {
  /** Tries before an event is parked. */
  tries = 5;
  /** Milliseconds to wait after the n-th failed try. */
  backoff = (attempt: number): number => Math.min(60_000, 200 * 4 ** (attempt - 1));
  /** Milliseconds between two looks at the log when nothing wakes the relay. */
  poll = 1000;
  batch = 100;
}

class RelayClient extends NamedClient {
  protected override readonly counts = false;
}

/** The pool of the role that may read the events of every organisation. */
export class RelayPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super({ ...options, Client: RelayClient as typeof pg.Client });
  }
}
