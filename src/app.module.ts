import { type DynamicModule, Module } from '@nestjs/common';
import { type Instance, InstanceModule } from './instance.module';
import { AssessmentModule } from './modules/assessment';
import { CaseModule } from './modules/case';
import { ConsentModule } from './modules/consent';
import { NetworkModule } from './modules/network';
import { QualityAuditModule } from './modules/quality-audit';
import { RetentionModule } from './modules/retention';
import { ServicePlanModule } from './modules/service-plan';
import { SharedModule } from './shared/shared.module';

/** The modules of Lotse. */
export const MODULES = [
  CaseModule,
  ConsentModule,
  AssessmentModule,
  ServicePlanModule,
  NetworkModule,
  QualityAuditModule,
  RetentionModule,
] as const;

@Module({})
export class AppModule {
  static for(instance: Instance): DynamicModule {
    return { module: AppModule, imports: [InstanceModule.for(instance), SharedModule, ...MODULES] };
  }
}
