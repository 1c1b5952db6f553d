import { Injectable } from '@nestjs/common';

/** The only source of time; tests set it. Domain code gets instants as ISO strings. */
@Injectable()
export class Clock {
  now(): string {
    return new Date().toISOString();
  }
  /** Today's date, YYYY-MM-DD (UTC). */
  today(): string {
    return this.now().slice(0, 10);
  }
}
