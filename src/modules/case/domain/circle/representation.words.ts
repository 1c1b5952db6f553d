/**
 * On what ground somebody decides for another: rechtliche Betreuung (BGB § 1814), Vorsorgevollmacht (§ 1820), elterliche
 * Sorge (§ 1626), Vormundschaft (§ 1773), Ergänzungspflegschaft (§ 1809), Notvertretung durch Ehegatten (§ 1358).
 */
export const REPRESENTATION_KINDS = [
  'legal_guardianship',
  'power_of_attorney',
  'parental_custody',
  'guardianship_of_minor',
  'curatorship',
  'spouse_emergency',
] as const;
export type RepresentationKind = (typeof REPRESENTATION_KINDS)[number];

/**
 * The matters it extends to, as the order or document names them (Aufgabenbereiche, BGB § 1815; for children care of the
 * person and of property). `confinement`, `contact` and `mail` need to be named on their own (§ 1815 (2)).
 */
export const REPRESENTATION_TASKS = [
  'health',
  'finances',
  'residence',
  'housing',
  'authorities',
  'mail',
  'contact',
  'confinement',
  'personal_care',
  'property_care',
  'general',
] as const;
export type RepresentationTask = (typeof REPRESENTATION_TASKS)[number];
