import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessLog } from './audit/access-log';
import { BearerStrategy } from './auth/bearer.strategy';
import { CaseAccess } from './auth/case-access';
import { CasePersons } from './auth/case-persons';
import { GuestAccess } from './auth/guest-access';
import { AccessGuard } from './auth/access.guard';
import { TokenVerifier } from './auth/token-verifier';
import { FollowedReferences } from './database/followed-references';
import { UnitOfWork } from './database/unit-of-work';
import { Clock } from './domain/clock';
import { EventDelivery } from './events/event-delivery';
import { EventRelay } from './events/event-relay';
import { ContractPipe } from './http/contract.pipe';
import { Idempotency } from './http/idempotency';
import { Manners } from './http/manners';
import { Pages } from './http/page';
import { BeforeErasure } from './privacy/before-erasure';
import { DisputedRecords } from './privacy/disputed-records';
import { HeldData } from './privacy/held-data';
import { HeldRecords } from './privacy/held-records';
import { Eraser } from './privacy/eraser';
import { Processing } from './privacy/processing';
import { Recipients } from './privacy/recipients';
import { jobsData, platformData } from './privacy/platform.personal-data';
import { PersonalFile } from './privacy/personal-file';
import { TenantKeys } from './vault/tenant-keys';
import { DailyJobs } from './operation/daily-jobs';
import { OperationController, ParkedEventController } from './operation/operation.controller';

/** The common ground of all modules. What differs by instance (keys, issuer, pools) comes from InstanceModule. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [OperationController, ParkedEventController],
  providers: [
    platformData.provider,
    jobsData.provider,
    UnitOfWork,
    Clock,
    EventDelivery,
    EventRelay,
    DailyJobs,
    HeldData,
    Eraser,
    BeforeErasure,
    DisputedRecords,
    HeldRecords,
    Processing,
    Recipients,
    AccessLog,
    CaseAccess,
    CasePersons,
    FollowedReferences,
    GuestAccess,
    PersonalFile,
    Idempotency,
    Pages,
    TenantKeys,
    ContractPipe,
    TokenVerifier,
    BearerStrategy,
    Manners,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    UnitOfWork,
    Clock,
    EventRelay,
    DailyJobs,
    HeldData,
    Eraser,
    BeforeErasure,
    DisputedRecords,
    HeldRecords,
    Processing,
    Recipients,
    AccessLog,
    CaseAccess,
    CasePersons,
    FollowedReferences,
    GuestAccess,
    PersonalFile,
    Pages,
    TenantKeys,
    ContractPipe,
    Manners,
    TokenVerifier,
  ],
})
export class SharedModule {}
