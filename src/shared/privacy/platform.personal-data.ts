import {
  PersonalData,
  content,
  ofCase,
  ofNobody,
  ofPerson,
  ofRecord,
  ofStaff,
  record,
  special,
  staff,
  table,
  technical,
} from './personal-data';

/** The common ground: logs, case access and the machinery hold ids, accounts and codes, never names or texts. */
export const platformData = new PersonalData('platform', 'platform', {
  tenant: table(
    ['Organisation', 'Organisation'],
    { of: ofNobody, retention: 'organisation', end: 'keep' },
    { tenant_id: technical, name: technical, created_at: technical },
  ),
  tenant_key: table(
    ['Key of the organisation', 'Schlüssel der Organisation'],
    { of: ofNobody, retention: 'operation', end: 'keep' },
    { tenant_id: technical, no: technical, root: technical, wrapped: technical, made_at: technical },
  ),
  event: table(
    ['Event', 'Ereignis'],
    { of: [ofCase(), ofRecord('aggregate_id')], retention: 'event_log', end: 'anonymise' },
    {
      tenant_id: technical,
      id: technical,
      recorded_at: content('Recorded at', 'Aufgezeichnet am'),
      seq: technical,
      txid: technical,
      type: content('What happened', 'Was geschah', { blank: 'erased' }),
      aggregate_id: record('Record', 'Datensatz', { blank: '00000000-0000-0000-0000-000000000000' }),
      case_id: record('Case', 'Fall', { blank: null }),
      payload: special('Ids, codes and days', 'Nummern, Schlüsselwörter und Tage', { blank: '{}' }),
      actor: staff('Who did it', 'Wer es tat', { blank: 'erased' }),
      purpose: content('Purpose', 'Zweck'),
      request_id: { ...technical, blank: 'erased' },
      traceparent: { ...technical, blank: '' },
    },
  ),
  access_log: table(
    ['Access', 'Zugriff'],
    { of: [ofCase(), ofRecord('resource_ids')], retention: 'access_log', collected: 'recorded_at' },
    {
      tenant_id: technical,
      id: technical,
      recorded_at: content('When', 'Wann'),
      actor: staff('Who', 'Wer'),
      actor_tenant_id: record('Organisation of who read', 'Organisation der lesenden Person'),
      purpose: content('Purpose', 'Zweck'),
      scope: content('By which right', 'Mit welchem Recht'),
      action: content('What was done', 'Was getan wurde'),
      resource_type: content('Kind of record', 'Art des Datensatzes'),
      resource_ids: record('Records', 'Datensätze'),
      case_id: record('Case', 'Fall'),
      request_id: technical,
      traceparent: technical,
    },
  ),
  subscription: table(
    ['Progress of a listener', 'Stand eines Empfängers'],
    { of: ofNobody, retention: 'operation', end: 'keep' },
    { name: technical, done_xid: technical, window_xid: technical, window_seq: technical, moved_at: technical },
  ),
  parked_event: table(
    ['Event that could not be delivered', 'Nicht zugestelltes Ereignis'],
    { of: ofRecord('aggregate_id'), retention: 'event_log' },
    {
      tenant_id: technical,
      subscription: technical,
      event_id: technical,
      seq: technical,
      aggregate_id: record('Record', 'Datensatz'),
      recorded_at: technical,
      attempts: technical,
      status: technical,
      error: technical,
      next_attempt_at: technical,
    },
  ),
  stored_answer: table(
    ['Answer kept for a repeated request', 'Für Wiederholungen aufbewahrte Antwort'],
    { of: ofNobody, retention: 'idempotency' },
    {
      tenant_id: technical,
      key_hash: technical,
      fingerprint: technical,
      answer: special('Answer (sealed)', 'Antwort (versiegelt)'),
      expires_at: technical,
    },
  ),
  case_access: table(
    ['Who may see a case', 'Wer einen Fall sehen darf'],
    { of: ofCase(), retention: 'case_file' },
    {
      tenant_id: technical,
      case_id: record('Case', 'Fall'),
      person_id: record('Client', 'Klientin oder Klient'),
      responsible: staff('Responsible', 'Fallführung'),
      deputy: staff('Deputy', 'Stellvertretung'),
      team: content('Team', 'Team'),
      clients: staff('Accounts of the client', 'Zugänge der Klientin oder des Klienten'),
      persons: content('Persons of the case and their guardians', 'Personen des Falls und ihre Sorgeberechtigten', {
        at: '$[*].personId',
      }),
    },
  ),
  person_facts: table(
    ['Account of a person', 'Zugang einer Person'],
    { of: ofPerson(), retention: 'person' },
    {
      tenant_id: technical,
      person_id: record('Person', 'Person'),
      portal_subject: staff('Own account', 'Eigener Zugang'),
      representatives: content('Who may decide for the person', 'Wer für die Person entscheiden darf', {
        at: '$[*].personId',
      }),
      restricted: content('Processing restricted', 'Verarbeitung eingeschränkt'),
      of_age_from: content('Of age from (around that day)', 'Volljährig ab (nur um diesen Tag)'),
      awaits_erasure: content('Restricted until the erasure', 'Bis zur Löschung eingeschränkt'),
    },
  ),
  stand_in: table(
    ['Deputy during an absence', 'Stellvertretung in einer Abwesenheit'],
    { of: [ofStaff('absent'), ofCase()], retention: 'staff' },
    {
      tenant_id: technical,
      absence_id: record('Absence', 'Abwesenheit'),
      case_id: record('Case', 'Fall'),
      absent: staff('Absent', 'Abwesend'),
      deputy: staff('Deputy', 'Stellvertretung'),
      from_on: content('From', 'Von'),
      until_on: content('Until', 'Bis'),
    },
  ),
  emergency_grant: table(
    ['Emergency access in force', 'Geltender Notfallzugriff'],
    { of: ofCase(), retention: 'case_file' },
    {
      tenant_id: technical,
      access_id: record('Emergency access', 'Notfallzugriff'),
      case_id: record('Case', 'Fall'),
      subject: staff('Who', 'Wer'),
      from_at: content('From', 'Von'),
      until_at: content('Until', 'Bis'),
    },
  ),
  guest_access: table(
    ['Access of another organisation', 'Zugriff einer anderen Organisation'],
    { of: ofCase(), retention: 'case_file' },
    {
      tenant_id: technical,
      id: record('Number', 'Nummer'),
      version: technical,
      kind: content('Kind', 'Art'),
      case_id: record('Case', 'Fall'),
      guest_tenant_id: record('Organisation', 'Organisation'),
      parts: content('Parts opened', 'Geöffnete Teile'),
      contributions: content('Contributions invited', 'Erbetene Beiträge'),
      readers: staff('Who may read', 'Wer lesen darf'),
      status: content('State', 'Stand'),
      from_on: content('From', 'Von'),
      until_on: content('Until', 'Bis'),
      invited_at: content('Invited at', 'Eingeladen am'),
    },
  ),
  disputed_record: table(
    ['Mark that a record is disputed', 'Vermerk, dass ein Datensatz bestritten ist'],
    { of: [ofRecord('record_id'), ofRecord('dispute_id')], retention: 'case_file' },
    {
      tenant_id: technical,
      record_id: record('Record', 'Datensatz'),
      dispute_id: record('Dispute', 'Bestreitung'),
    },
  ),
  followed_reference: table(
    ['What a merge of persons moved', 'Was eine Zusammenführung von Personen bewegt hat'],
    { of: ofRecord('id'), retention: 'person' },
    {
      tenant_id: technical,
      merge_id: record('Merge', 'Zusammenführung'),
      place: content('Kind of record', 'Art des Datensatzes'),
      id: record('Record', 'Datensatz'),
    },
  ),
  erased_file: table(
    ['Number of a file that was erased', 'Nummer einer gelöschten Akte'],
    { of: ofNobody, retention: 'operation', end: 'keep' },
    { tenant_id: technical, id: technical, erased_at: technical },
  ),
  migration: table(
    ['Change of the database', 'Änderung der Datenbank'],
    { of: ofNobody, retention: 'operation', end: 'keep' },
    { id: technical, timestamp: technical, name: technical },
  ),
});

const job = (label: readonly [string, string], columns: readonly string[]) =>
  table(
    label,
    { of: ofNobody, retention: 'operation', end: 'keep' },
    Object.fromEntries(columns.map((name) => [name, technical])),
  );

/** The clock of the daily jobs: their payloads name no data (src/shared/operation/daily-jobs.ts). */
export const jobsData = new PersonalData('platform', 'graphile_worker', {
  _private_job_queues: job(
    ['Queue of jobs', 'Auftragsschlange'],
    ['id', 'queue_name', 'locked_at', 'locked_by', 'is_available'],
  ),
  _private_jobs: job(
    ['Job', 'Auftrag'],
    [
      ...['id', 'job_queue_id', 'task_id', 'payload', 'priority', 'run_at', 'attempts', 'max_attempts', 'last_error'],
      ...['created_at', 'updated_at', 'key', 'locked_at', 'locked_by', 'revision', 'flags', 'is_available'],
    ],
  ),
  _private_known_crontabs: job(['Timetable', 'Zeitplan'], ['identifier', 'known_since', 'last_execution']),
  _private_tasks: job(['Kind of job', 'Auftragsart'], ['id', 'identifier']),
  migrations: job(['Change of the database', 'Änderung der Datenbank'], ['id', 'ts', 'breaking']),
});
