import type { FieldFault } from '../../../shared/domain/errors';

/** Consents are those of the client and of the persons of the person system. */
export const NOT_IN_CASE: FieldFault = {
  pointer: '#/personId',
  code: 'person-not-in-case',
  detail: {
    en: 'This person does not belong to the case. Name the client, or add the person to the person system first.',
    de: 'Diese Person gehört nicht zum Fall. Nennen Sie die Klientin oder den Klienten, oder nehmen Sie die Person zuerst in das Personensystem auf.',
  },
};
