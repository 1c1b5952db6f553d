import type { FieldFault } from '../../../shared/domain/errors';

export const NO_SUCH_TYPE: FieldFault = {
  pointer: '#/record/type',
  code: 'record-type-unknown',
  detail: {
    en: 'There are no records of this kind. Name it as a copy of the data does, without the schema: journal_entry, assessment, service_plan, referral, consent, person …',
    de: 'Datensätze dieser Art gibt es nicht. Nennen Sie sie wie in einer Kopie der Daten, ohne das Schema: journal_entry, assessment, service_plan, referral, consent, person …',
  },
};

export const NO_SUCH_RECORD: FieldFault = {
  pointer: '#/record/id',
  code: 'record-not-of-person',
  detail: {
    en: 'This record does not stand in a file of this person. Name the person whose file it is in.',
    de: 'Dieser Datensatz steht in keiner Akte dieser Person. Nennen Sie die Person, in deren Akte er steht.',
  },
};
