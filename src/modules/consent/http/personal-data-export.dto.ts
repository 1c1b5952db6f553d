import { Instant, Int, OneOf, Text, Uuid } from '../../../shared/http/fields';

export const EXPORT_STATES = ['waiting', 'ready', 'failed', 'expired'] as const;
export const EXPORT_LANGUAGES = ['de', 'en'] as const;

export class PersonalDataExportView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Uuid() personId: string;
  @Uuid() subjectRequestId: string;
  @OneOf(EXPORT_STATES, { name: 'PersonalDataExportState' }) status: string;
  @Text() askedBy: string;
  @Instant() askedAt: string;
  @Instant({ nullable: true }) readyAt: string | null;
  @Instant({ nullable: true, description: 'When its files are deleted' }) expiresAt: string | null;
}

export class ExportDocumentQuery {
  @OneOf(EXPORT_LANGUAGES, { name: 'ExportLanguage', optional: true, description: 'German where left out' })
  language?: 'de' | 'en';
}
