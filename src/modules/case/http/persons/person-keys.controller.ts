import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answer } from '../../../../shared/http/answer';
import { Int } from '../../../../shared/http/fields';
import { Operation } from '../../../../shared/http/operation';
import { PersonVault } from '../../application/persons/person.vault';

/** What is said of a key: its number, never the key. */
export class PersonKey {
  @Int({ min: 1, max: 2_147_483_647, description: 'The number of the key in force from now on' }) keyNo: number;
}

@ApiTags('Persons')
@Controller({ path: 'person-keys', version: '1' })
export class PersonKeysController {
  constructor(private readonly vault: PersonVault) {}

  @Post()
  @Operation({
    id: 'rotatePersonKeys',
    summary: 'Change the key of the organisation',
    description:
      'Persons recorded from now on are kept under a new key; those on record follow with the daily work, while everything stays in use. Older keys go on opening what they wrapped.',
    scope: 'key:rotate',
    answers: PersonKey,
  })
  async rotate() {
    return new Answer({ keyNo: await this.vault.rotate() }, null);
  }
}
