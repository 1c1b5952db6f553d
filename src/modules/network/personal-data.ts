import {
  PersonalData,
  content,
  identifier,
  keys,
  ofNobody,
  record,
  staff,
  table,
} from '../../shared/privacy/personal-data';

const changed = {
  changed_by: staff('Changed by', 'Geändert von'),
  changed_at: content('Changed at', 'Geändert am'),
} as const;

/** The directory: organisations, and informal helpers, who are people. It is not about clients. */
export const networkData = new PersonalData('network', 'network', {
  provider: table(
    ['Provider or informal helper', 'Leistungserbringer oder informelle Hilfe'],
    { of: ofNobody, retention: 'directory', end: 'keep' },
    {
      ...keys,
      name: identifier('Name', 'Name'),
      name_key: identifier('Name for the search', 'Name für die Suche'),
      informal: content('Informal', 'Informell'),
      informal_kind: content('Kind of informal help', 'Art der informellen Hilfe'),
      legal_form: content('Legal form', 'Rechtsform'),
      description: content('Description', 'Beschreibung'),
      website: content('Website', 'Webseite'),
      identifiers: identifier('Identifiers', 'Kennnummern'),
      contacts: identifier('Contacts', 'Ansprechpersonen'),
      locations: identifier('Locations', 'Standorte'),
      payers: content('Payers', 'Kostenträger'),
      ...changed,
    },
  ),
  service: table(
    ['Service', 'Angebot'],
    { of: ofNobody, retention: 'directory', end: 'keep' },
    {
      ...keys,
      provider_id: record('Provider', 'Leistungserbringer'),
      name: content('Name', 'Name'),
      name_key: content('Name for the search', 'Name für die Suche'),
      description: content('Description', 'Beschreibung'),
      status: content('State', 'Stand'),
      problem_areas: content('Problem areas', 'Problembereiche'),
      target_groups: content('Target groups', 'Zielgruppen'),
      eligibility: content('Eligibility', 'Voraussetzungen'),
      languages: content('Languages', 'Sprachen'),
      accessibility: content('Accessibility', 'Barrierefreiheit'),
      schedules: content('Hours', 'Zeiten'),
      region: content('Region', 'Region'),
      region_key: content('Region for the search', 'Region für die Suche'),
      payer: content('Payer', 'Kostenträger'),
      price_cents: content('Price', 'Preis'),
      price_unit: content('Unit of the price', 'Preiseinheit'),
      free_places: content('Free places', 'Freie Plätze'),
      waiting_days: content('Waiting days', 'Wartetage'),
      confirmed_on: content('Confirmed on', 'Bestätigt am'),
      ...changed,
    },
  ),
});
