import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AccessLog } from './audit/access-log';
import { BearerStrategy } from './auth/bearer.strategy';
import { CaseAccess } from './auth/case-access';
import { BearerGuard, PolicyGuard } from './auth/guards';
import { TokenVerifier } from './auth/token-verifier';
import { UnitOfWork } from './database/unit-of-work';
import { Clock } from './domain/clock';
import { EventRelay } from './events/event-relay';
import { BodyPipe } from './http/body.pipe';
import { Idempotency } from './http/idempotency';
import { OperationInterceptor } from './http/operation.interceptor';
import { Pages } from './http/page';
import { DailyJobs } from './operation/daily-jobs';
import { OperationController, ParkedEventController } from './operation/operation.controller';

/** The common ground of all modules. What differs by instance (keys, issuer, pools) comes from InstanceModule. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [OperationController, ParkedEventController],
  providers: [
    UnitOfWork,
    Clock,
    EventRelay,
    DailyJobs,
    AccessLog,
    CaseAccess,
    Idempotency,
    Pages,
    BodyPipe,
    TokenVerifier,
    BearerStrategy,
    { provide: APP_GUARD, useClass: BearerGuard },
    { provide: APP_GUARD, useClass: PolicyGuard },
    { provide: APP_INTERCEPTOR, useClass: OperationInterceptor },
  ],
  exports: [UnitOfWork, Clock, EventRelay, DailyJobs, AccessLog, CaseAccess, Pages, BodyPipe, TokenVerifier],
})
export class SharedModule {}
