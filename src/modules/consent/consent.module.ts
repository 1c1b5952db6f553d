import { Module } from '@nestjs/common';
import { ConsentPersons, DisclosureRegister } from './application/consent.listeners';
import { ConsentQueries } from './application/consent.queries';
import { ConsentReader } from './application/consent.reader';
import { ConsentRepository } from './application/consent.repository';
import { ConsentService } from './application/consent.service';
import { ConsentController } from './http/consent.controller';

@Module({
  controllers: [ConsentController],
  providers: [ConsentService, ConsentQueries, ConsentRepository, ConsentReader, DisclosureRegister, ConsentPersons],
  exports: [ConsentReader],
})
export class ConsentModule {}
