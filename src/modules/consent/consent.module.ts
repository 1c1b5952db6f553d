import { Module } from '@nestjs/common';
import { ConsentPersons, DisclosureRegister } from './application/consent.listeners';
import { ConsentQueries } from './application/consent.queries';
import { ConsentReader } from './application/consent.reader';
import { ConsentRepository } from './application/consent.repository';
import { ConsentService } from './application/consent.service';
import { ConsentTextQueries } from './application/consent-text.queries';
import { ConsentTextRepository } from './application/consent-text.repository';
import { ConsentTextService } from './application/consent-text.service';
import { ConsentTextController } from './http/consent-text.controller';
import { ConsentController } from './http/consent.controller';

@Module({
  controllers: [ConsentController, ConsentTextController],
  providers: [
    ConsentService,
    ConsentQueries,
    ConsentRepository,
    ConsentReader,
    ...[ConsentTextService, ConsentTextRepository, ConsentTextQueries],
    DisclosureRegister,
    ConsentPersons,
  ],
  exports: [ConsentReader],
})
export class ConsentModule {}
