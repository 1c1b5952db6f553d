import { Module } from '@nestjs/common';
import { ConsentConditions } from './application/consent.conditions';
import { ConsentsAnew } from './application/consents-anew.reader';
import { ConsentPersons } from './application/consent-persons.listener';
import { DisclosureRegister } from './application/consent.listeners';
import { ConsentQueries } from './application/consent.queries';
import { ConsentReader } from './application/consent.reader';
import { ConsentRepository } from './application/consent.repository';
import { ConsentService } from './application/consent.service';
import { ConsentExceptionQueries } from './application/consent-exception.queries';
import { ConsentExceptionRepository } from './application/consent-exception.repository';
import { ConsentExceptionService } from './application/consent-exception.service';
import { ConsentExceptionController } from './http/consent-exception.controller';
import { ConsentTextQueries } from './application/consent-text.queries';
import { ConsentTextRepository } from './application/consent-text.repository';
import { ConsentTextService } from './application/consent-text.service';
import { ConsentTextController } from './http/consent-text.controller';
import { ConsentController } from './http/consent.controller';
import { SUBJECT_RIGHTS_CONTROLLERS, SUBJECT_RIGHTS_PROVIDERS } from './subject-rights.providers';
import { consentData } from './personal-data';

@Module({
  controllers: [ConsentController, ConsentTextController, ConsentExceptionController, ...SUBJECT_RIGHTS_CONTROLLERS],
  providers: [
    consentData.provider,
    ConsentService,
    ConsentQueries,
    ConsentRepository,
    ConsentReader,
    ConsentConditions,
    ConsentsAnew,
    ...[ConsentExceptionService, ConsentExceptionRepository, ConsentExceptionQueries],
    ...[ConsentTextService, ConsentTextRepository, ConsentTextQueries],
    DisclosureRegister,
    ConsentPersons,
    ...SUBJECT_RIGHTS_PROVIDERS,
  ],
  exports: [ConsentReader, ConsentConditions, ConsentsAnew],
})
export class ConsentModule {}
