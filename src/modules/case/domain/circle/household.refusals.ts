import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about households (CASE-1). */
export const householdRules = refusals({
  'already-in-household': {
    title: { en: 'The person lives there already', de: 'Die Person lebt dort schon' },
    detail: {
      en: 'In this time the person belongs to the household. Read the household anew; nothing else is to be done.',
      de: 'In dieser Zeit gehört die Person zum Haushalt. Lesen Sie den Haushalt neu; mehr ist nicht zu tun.',
    },
  },
  'not-in-household': {
    title: { en: 'The person does not live there', de: 'Die Person lebt dort nicht' },
    detail: {
      en: 'At present the person does not belong to this household. Read the household anew: somebody may have recorded it before you.',
      de: 'Derzeit gehört die Person nicht zu diesem Haushalt. Lesen Sie den Haushalt neu: Vielleicht hat es schon jemand vor Ihnen erfasst.',
    },
  },
});
