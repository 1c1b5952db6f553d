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

export const TEXT_NOT_PUBLISHED: FieldFault = {
  pointer: '#/textVersion',
  code: 'text-not-published',
  detail: {
    en: 'Your organisation keeps the texts for this kind of consent. Name one that is in use, in the language it was explained in; the list of consent texts has them.',
    de: 'Ihre Organisation führt die Texte für diese Art der Einwilligung. Nennen Sie einen, der in Gebrauch ist, in der Sprache der Aufklärung; die Liste der Einwilligungstexte enthält sie.',
  },
};
