import { type DynamicModule, Module } from '@nestjs/common';
import { type Instance, InstanceModule } from './instance.module';
import { SharedModule } from './shared/shared.module';

/** The modules of Lotse. */
export const MODULES = [] as const;

@Module({})
export class AppModule {
  static for(instance: Instance): DynamicModule {
    return { module: AppModule, imports: [InstanceModule.for(instance), SharedModule, ...MODULES] };
  }
}
