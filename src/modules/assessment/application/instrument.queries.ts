import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../shared/domain/errors';
import { Page, Resource } from '../../../shared/http/answer';
import { INSTRUMENTS, instrumentOf } from '../domain/instruments';

/** ASMT-1: the instruments; they are data without persons. */
@Injectable()
export class InstrumentQueries {
  list(): Page {
    const rows = INSTRUMENTS.map(({ code, version, title, description, languages, perspectives }) =>
      JSON.stringify({ code, version, title, description, languages, perspectives }),
    );
    return new Page(rows.join(','), rows.length, null, null, null);
  }

  /** The newest version; its number makes the ETag: 1.2.3 is 1002003. */
  byCode(code: string): Resource {
    const instrument = instrumentOf(code);
    if (!instrument) throw new NotFound('instrument', code);
    const number = instrument.version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
    return new Resource(JSON.stringify(instrument), number, null);
  }
}
