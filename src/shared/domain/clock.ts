import { Injectable } from '@nestjs/common';
import { localDay } from './local-day';

/** The only source of time; tests set it. Domain code gets instants as ISO strings. */
@Injectable()
export class Clock {
  now(): string {
    return new Date().toISOString();
  }
  /** Today's date where people agree on days, YYYY-MM-DD. */
  today(): string {
    return localDay(this.now());
  }
}
