/** The public face of the service-plan module: its facts leave it as events. */
export { ServicePlanModule } from './service-plan.module';
