import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../../../shared/domain/errors';
import type { Page } from '../../../../shared/http/answer';
import { wordsOf } from '../../domain/persons/person.tokens';
import { PersonTokens } from '../persons/person.blinding';
import type { CaseFilter } from './case-list';
import { CaseQueries } from './case.queries';
import { ClientName } from './client-name';

/** Finds cases by what is typed of the client's name, which is looked for blind (docs/adr/0014). */
@Injectable()
export class CaseSearch {
  constructor(
    private readonly cases: CaseQueries,
    private readonly blinding: PersonTokens,
  ) {}

  /** The cases of the list whose client has a name for every word. One statement. */
  async find({ text, ...filter }: CaseFilter & { text: string }): Promise<Page> {
    const words = await Promise.all(wordsOf(text).map((tokens) => this.blinding.blind(tokens)));
    if (words.length === 0) throw new InvalidInput([NO_NAME]);
    return this.cases.list(filter, new ClientName(words.map((tokens) => tokens.map(({ token }) => token))));
  }
}

const NO_NAME = {
  pointer: '#/text',
  code: 'no-name',
  detail: {
    en: 'There is no letter in it to look for: give a name, or the beginning of one',
    de: 'Darin steht kein Buchstabe, nach dem gesucht werden kann: Geben Sie einen Namen oder dessen Anfang an',
  },
};
