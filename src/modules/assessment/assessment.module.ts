import { Module } from '@nestjs/common';
import { CaseModule } from '../case';
import { ConsentModule } from '../consent';
import { AssessmentPersons, ParticipationEnd } from './application/assessment.listeners';
import { AssessmentQueries } from './application/assessment.queries';
import { AssessmentRepository } from './application/assessment.repository';
import { AssessmentService } from './application/assessment.service';
import { GuestResultQueries } from './application/guest-result.queries';
import { InstrumentQueries } from './application/instrument.queries';
import { AssessmentController } from './http/assessment.controller';
import { GuestResultController } from './http/guest-result.controller';
import { InstrumentController } from './http/instrument.controller';
import { assessmentData } from './personal-data';

@Module({
  imports: [CaseModule, ConsentModule],
  controllers: [InstrumentController, AssessmentController, GuestResultController],
  providers: [
    assessmentData.provider,
    AssessmentService,
    AssessmentQueries,
    GuestResultQueries,
    InstrumentQueries,
    AssessmentRepository,
    ParticipationEnd,
    AssessmentPersons,
  ],
})
export class AssessmentModule {}
