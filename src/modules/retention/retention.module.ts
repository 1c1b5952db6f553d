import { Module } from '@nestjs/common';
import { DueErasuresJob } from './application/due-erasures.job';
import { DueErasures } from './application/due-erasures';
import { ErasureDecisions } from './application/erasure-decisions';
import { ErasureExecution } from './application/erasure-execution';
import { ErasureListeners } from './application/erasure.listeners';
import { ErasureRunService } from './application/erasure-run.service';
import { FileListeners, RuleListeners } from './application/file.listeners';
import { FileService } from './application/file.service';
import { LegalHoldService } from './application/legal-hold.service';
import {
  ErasureRunRepository,
  LegalHoldRepository,
  RetainedFileRepository,
  RetentionRuleRepository,
} from './application/repositories';
import { RetentionQueries } from './application/retention.queries';
import { RetentionRuleService } from './application/retention-rule.service';
import { Scheduling } from './application/scheduling';
import { ProcessingRegister } from './application/processing-register';
import { ErasureController } from './http/erasure.controller';
import { ProcessingController } from './http/processing.controller';
import { RetentionController } from './http/retention.controller';
import { retentionData } from './personal-data';

/** CONS-6: how long what is kept, and its end. */
@Module({
  controllers: [RetentionController, ErasureController, ProcessingController],
  providers: [
    retentionData.provider,
    RetentionRuleRepository,
    RetainedFileRepository,
    LegalHoldRepository,
    ErasureRunRepository,
    Scheduling,
    RetentionRuleService,
    FileService,
    LegalHoldService,
    ErasureDecisions,
    DueErasures,
    ErasureRunService,
    ErasureExecution,
    RetentionQueries,
    ProcessingRegister,
    FileListeners,
    RuleListeners,
    ErasureListeners,
    DueErasuresJob,
  ],
  exports: [ErasureDecisions, ErasureRunService],
})
export class RetentionModule {}
