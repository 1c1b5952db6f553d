import { Module } from '@nestjs/common';
import { AuditRunQueries } from './application/audit-run.queries';
import { AuditRunRepository } from './application/audit-run.repository';
import { AuditRunService } from './application/audit-run.service';
import { CaseFactsStore } from './application/case-facts.store';
import { QualityAuditListeners } from './application/quality-audit.listeners';
import { StandardQueries } from './application/standard.queries';
import { AuditRunController } from './http/audit-run.controller';
import { StandardController } from './http/standard.controller';
import { qualityAuditData } from './personal-data';

/** Quality of the work, seen from the events of all other modules alone. */
@Module({
  controllers: [StandardController, AuditRunController],
  providers: [
    qualityAuditData.provider,
    CaseFactsStore,
    QualityAuditListeners,
    AuditRunRepository,
    AuditRunService,
    AuditRunQueries,
    StandardQueries,
  ],
})
export class QualityAuditModule {}
