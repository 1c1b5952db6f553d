import { Instant, Int, IsoDate, LongText, NestedList, OneOf, Text, Uuid } from '../../../../shared/http/fields';
import { ADMINISTERING_CAPACITIES, type Administrator } from '../../domain/casework/medication.values';

const VERSION = { min: 1, max: 2_147_483_647 };
const NO_DOSES = 'No dosing advice here: how much and how often is for the prescription alone.';

export class AdministratorDto {
  @Text({ description: 'By name', example: 'Nursing service Elbe, Ms Kühn' }) name: string;
  @OneOf(ADMINISTERING_CAPACITIES, { example: 'nursing_service' }) capacity: Administrator['capacity'];
}

export class WriteMedicationNoteDto {
  @Text({
    max: 2000,
    description: `What is needed, and what for. ${NO_DOSES}`,
    example: 'Blood thinner after the stroke; must not be interrupted without the physician.',
  })
  need: string;
  @Text({ optional: true, nullable: true, description: 'Who prescribed it, and answers questions', example: 'Dr Berg' })
  prescriber?: string | null;
  @Text({ max: 1000, description: 'Where and how it is kept', example: 'Locked box in the kitchen, below 25 °C' })
  storage: string;
  @Text({ max: 1000, optional: true, nullable: true, description: 'What happens to what is left over' })
  disposal?: string | null;
  @NestedList(() => AdministratorDto, { min: 1, max: 20, description: 'Who may administer or hand it over' })
  mayAdminister: AdministratorDto[];
  @IsoDate({ description: 'First day the note holds' }) since: string;
  @IsoDate({ optional: true, nullable: true, description: 'Last day; null while it goes on' }) until?: string | null;
}
export class CorrectMedicationNoteDto {
  @Text({ max: 1000, description: 'Why the note is corrected', example: 'The nursing service took over' })
  reason: string;
  @Text({ max: 2000, optional: true, description: NO_DOSES }) need?: string;
  @Text({ optional: true, nullable: true }) prescriber?: string | null;
  @Text({ max: 1000, optional: true }) storage?: string;
  @Text({ max: 1000, optional: true, nullable: true }) disposal?: string | null;
  @NestedList(() => AdministratorDto, { min: 1, max: 20, optional: true }) mayAdminister?: AdministratorDto[];
  @IsoDate({ optional: true }) since?: string;
  @IsoDate({ optional: true, nullable: true }) until?: string | null;
}

export class RecordHandoutDto {
  @Instant({ description: 'When it was administered or handed over' }) at: string;
  @Text({ description: 'Who did it, by name', example: 'Nursing service Elbe, Ms Kühn' }) administeredBy: string;
  @Text({
    max: 500,
    description: `What was handed over, as it was labelled. ${NO_DOSES}`,
    example: 'The morning box of the weekly dispenser filled by the pharmacy',
  })
  what: string;
  @Text({ max: 2000, optional: true, nullable: true, description: 'What was noticed' }) remark?: string | null;
}
export class CorrectHandoutDto {
  @Text({ max: 1000, description: 'Why the entry is corrected', example: 'Wrong hour' }) reason: string;
  @Instant({ optional: true }) at?: string;
  @Text({ optional: true }) administeredBy?: string;
  @Text({ max: 500, optional: true, description: NO_DOSES }) what?: string;
  @Text({ max: 2000, optional: true, nullable: true }) remark?: string | null;
}

class MedicationContentView {
  @Text({ max: 2000 }) need: string;
  @Text({ nullable: true }) prescriber: string | null;
  @Text({ max: 1000 }) storage: string;
  @Text({ max: 1000, nullable: true }) disposal: string | null;
  @NestedList(() => AdministratorDto, { max: 20 }) mayAdminister: AdministratorDto[];
  @IsoDate() since: string;
  @IsoDate({ nullable: true }) until: string | null;
  @Text({ description: 'Subject of the member of staff who wrote this version' }) writtenBy: string;
  @Text({ nullable: true, description: 'Their name in the staff record; null without one' }) writtenByName:
    string | null;
  @Instant() writtenAt: string;
}
export class EarlierMedicationNote extends MedicationContentView {
  @Int(VERSION) version: number;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' })
  reason: string | null;
}
export class MedicationNoteRow extends MedicationContentView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() caseId: string;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' })
  correctionReason: string | null;
}
export class MedicationNoteView extends MedicationNoteRow {
  @NestedList(() => EarlierMedicationNote, { max: 1000, description: 'Earlier versions, the oldest first' })
  earlier: EarlierMedicationNote[];
}

class HandoutContentView {
  @Instant() at: string;
  @Text() administeredBy: string;
  @Text({ max: 500 }) what: string;
  @LongText({ max: 2000, nullable: true }) remark: string | null;
  @Text({ description: 'Subject of the member of staff who wrote this version' }) writtenBy: string;
  @Text({ nullable: true, description: 'Their name in the staff record; null without one' }) writtenByName:
    string | null;
  @Instant() writtenAt: string;
}
export class EarlierHandout extends HandoutContentView {
  @Int(VERSION) version: number;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' })
  reason: string | null;
}
export class HandoutRow extends HandoutContentView {
  @Uuid() id: string;
  @Int(VERSION) version: number;
  @Uuid() caseId: string;
  @Uuid() noteId: string;
  @Text({ max: 1000, nullable: true, description: 'Why this version was written; null for the first' })
  correctionReason: string | null;
}
export class HandoutView extends HandoutRow {
  @NestedList(() => EarlierHandout, { max: 1000, description: 'Earlier versions, the oldest first' })
  earlier: EarlierHandout[];
}
