/** The public read face of the quality-audit module: nobody reads it but through the API. */
export { QualityAuditModule } from './quality-audit.module';
