import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about the settings of the organisation. */
export const policyRules = refusals({
  'organisation-decides': {
    status: 403,
    title: { en: 'The head of the organisation decides this', de: 'Darüber entscheidet die Leitung der Organisation' },
    detail: {
      en: 'This holds for every team. Ask the head of the organisation (org_admin) to set it.',
      de: 'Das gilt für alle Teams. Bitten Sie die Leitung der Organisation (org_admin), es festzulegen.',
    },
  },
});
