import {
  PersonalData,
  content,
  keys,
  ofCase,
  person,
  record,
  special,
  staff,
  table,
} from '../../shared/privacy/personal-data';

/** Assessments: nearly all of it is of a special category. */
export const assessmentData = new PersonalData('assessment', 'assessment', {
  assessment: table(
    ['Assessment', 'Assessment'],
    { of: ofCase(), retention: 'case_file' },
    {
      ...keys,
      case_id: record('Case', 'Fall'),
      person_id: person('Person', 'Person'),
      of_client: content('Of the client', 'Zur Klientin oder zum Klienten'),
      instrument: content('Instrument', 'Instrument'),
      instrument_version: content('Version of the instrument', 'Fassung des Instruments'),
      kind: content('Kind', 'Art'),
      previous_id: record('Previous assessment', 'Vorheriges Assessment'),
      start_on: content('Begin', 'Beginn'),
      planned_end: content('Planned end', 'Geplantes Ende'),
      started_by: staff('Started by', 'Begonnen von'),
      started_at: content('Started at', 'Begonnen am'),
      status: content('State', 'Stand'),
      perspectives: special('Perspectives', 'Sichtweisen'),
      missing_perspectives: special('Perspectives not given', 'Fehlende Sichtweisen'),
      result: special('Result', 'Ergebnis'),
      completed_on: content('Completed on', 'Abgeschlossen am'),
      client_agreement: special('Agreement of the client', 'Zustimmung der Klientin oder des Klienten'),
      stopped: special('Why it was stopped', 'Grund des Abbruchs'),
    },
  ),
});
