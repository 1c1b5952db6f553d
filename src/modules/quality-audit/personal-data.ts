import {
  PersonalData,
  RANDOM,
  content,
  keys,
  ofCase,
  ofNobody,
  record,
  special,
  staff,
  table,
  technical,
} from '../../shared/privacy/personal-data';

/** Facts of cases from events, and what audits found; what a run counted stays, without the cases. */
export const qualityAuditData = new PersonalData('quality-audit', 'quality_audit', {
  case_facts: table(
    ['Facts for the quality audit', 'Fakten für die Qualitätsprüfung'],
    { of: ofCase(), retention: 'case_file' },
    {
      tenant_id: technical,
      case_id: record('Case', 'Fall'),
      facts: special('Facts', 'Fakten'),
      opened_on: content('Opened on', 'Eröffnet am'),
      closed_on: content('Closed on', 'Abgeschlossen am'),
      responsible: staff('Responsible', 'Fallführung'),
      team: content('Team', 'Team'),
      updated_at: technical,
    },
  ),
  audit_result: table(
    ['Finding of a quality audit', 'Ergebnis einer Qualitätsprüfung'],
    { of: ofCase(), retention: 'case_file', end: 'anonymise' },
    {
      tenant_id: technical,
      run_id: record('Run', 'Lauf'),
      case_id: record('Case', 'Fall', { blank: RANDOM }),
      rule: content('Rule', 'Regel'),
      result: content('Result', 'Ergebnis'),
      evidence: record('Evidence', 'Belege', { blank: '[]' }),
      facts_hash: { ...technical, blank: '\\x' },
    },
  ),
  audit_run: table(
    ['Run of a quality audit', 'Lauf einer Qualitätsprüfung'],
    { of: ofNobody, retention: 'organisation', end: 'keep' },
    {
      ...keys,
      scope: staff('Scope', 'Umfang'),
      catalogue_version: technical,
      as_of: technical,
      data_time: technical,
      status: technical,
      cases: technical,
      summary: technical,
      started_by: staff('Started by', 'Gestartet von'),
      started_at: technical,
      completed_at: technical,
    },
  ),
});
