import pg from 'pg';

export const CASES = 100_000;
export const CASE_MANAGERS = 50;

/**
 * Fills the database with cases of many case managers: the given user has one in fifty. Returns one of the user's
 * cases, agreed and active.
 */
export async function seed(
  databaseUrl: string,
  user: { subject: string; tenantId: string },
): Promise<{ caseId: string }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const kinds = ['person', 'request', 'case'];
    const id = (what: string) =>
      `(lpad(to_hex(n), 8, '0') || '-0000-7000-8000-00000000000${kinds.indexOf(what) + 1}')::uuid`;
    await client.query(
      `insert into cases.person (tenant_id, id, version, sealed, gender, languages, interpreter_needed, checked_version, recorded_by, recorded_at)
       select $1, ${id('person')}, 1, '', 'unknown', '{de}', false, 1, 'seed', now() from generate_series(1, $2::int) n`,
      [user.tenantId, CASES],
    );
    // As many blind tokens as persons have; whose they are nobody can read, as these persons have no key.
    await client.query(
      `insert into cases.person_token (tenant_id, token, person_id)
       select $1, hashint8extended(n * 100 + t, 0), ${id('person')} from generate_series(1, $2::int) n, generate_series(1, 20) t
       on conflict do nothing`,
      [user.tenantId, CASES],
    );
    await client.query(
      `insert into cases.case (tenant_id, id, version, request_id, person_id, field_of_practice, phase, status, intensity, responsible, deputy,
         team, clients, opened_at, agreed_on, agreements, phases, milestones, running_measures, responsibilities, members,
         informed_parties, reopenings)
       select $1, ${id('case')}, 3, ${id('request')}, ${id('person')}, (array['health', 'employment', 'nursing', 'youth'])[1 + n % 4],
         (array['assessment', 'service_planning', 'linking', 'monitoring'])[1 + n % 4], 'active', 1 + n % 3,
         case when n % $3 = 0 then $2 else 'case-manager-' || n % $3 end, case when n % 211 = 0 then $2 end, 'team-' || n % 10, '{}',
         now() - n * interval '1 minute', current_date - 30, '[]',
         jsonb_build_array(
           jsonb_build_object('phase', 'clarification', 'at', now() - interval '60 days', 'by', 'seed', 'reason', 'request accepted', 'until', now() - interval '30 days'),
           jsonb_build_object('phase', 'assessment', 'at', now() - interval '30 days', 'by', 'seed', 'reason', 'agreement signed', 'until', null)),
         '{}', '[]', jsonb_build_array(jsonb_build_object('subject', 'seed', 'from', now() - interval '60 days')), '[]', '[]', '[]'
       from generate_series(1, $4::int) n`,
      [user.tenantId, user.subject, CASE_MANAGERS, CASES],
    );
    await client.query(
      `insert into platform.case_access (tenant_id, case_id, responsible, deputy, team, clients)
       select tenant_id, id, responsible, deputy, team, clients from cases.case where tenant_id = $1`,
      [user.tenantId],
    );
    await client.query('analyze');
    const { rows } = await client.query<{ id: string }>(
      'select id from cases.case where tenant_id = $1 and responsible = $2 order by opened_at desc limit 1',
      [user.tenantId, user.subject],
    );
    return { caseId: rows[0]!.id };
  } finally {
    await client.end();
  }
}
