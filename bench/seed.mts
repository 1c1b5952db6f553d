import pg from 'pg';

export const CASES = 100_000;
export const CASE_MANAGERS = 50;

type User = { subject: string; tenantId: string };
const KINDS = ['person', 'request', 'case', 'participation', 'release'] as const;
/** The id of the nth of its kind, as SQL over `n`. */
const id = (kind: (typeof KINDS)[number]) =>
  `(lpad(to_hex(n), 8, '0') || '-0000-7000-8000-00000000000${KINDS.indexOf(kind) + 1}')::uuid`;
export const personId = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-7000-8000-000000000001`;
export const caseId = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-7000-8000-000000000003`;

/** Runs `work` as superuser, and has the planner know what came of it. */
export async function asSuperuser<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const result = await work(client);
    await client.query('vacuum analyze');
    return result;
  } finally {
    await client.end();
  }
}

/** Fills the database with cases and their persons, who cannot be opened. Returns the user's cases that are agreed and active, latest first. */
export const seed = (databaseUrl: string, user: User): Promise<{ caseIds: string[] }> =>
  asSuperuser(databaseUrl, async (client) => {
    await client.query(
      `insert into cases.person (tenant_id, id, version, sealed, key_no, wrapped_key, gender, languages, interpreter_needed, checked_version,
         recorded_by, recorded_at)
       select $1, ${id('person')}, 1, '', 1, '', 'unknown', '{de}', false, 1, 'seed', now() from generate_series(1, $2::int) n`,
      [user.tenantId, CASES],
    );
    // As many blind tokens as persons have; whose they are nobody can read, as these persons have no key that opens anything.
    await withoutTokenIndexes(client, () =>
      client.query(
        `insert into cases.person_token (tenant_id, token, person_id)
         select $1, hashint8extended(n * 100 + t, 0), ${id('person')} from generate_series(1, $2::int) n, generate_series(1, 20) t`,
        [user.tenantId, CASES],
      ),
    );
    await seedCases(client, user, CASES);
    const { rows } = await client.query<{ id: string }>(
      `select id from cases.case where tenant_id = $1 and responsible = $2 and status = 'active' and agreed_on is not null order by opened_at desc`,
      [user.tenantId, user.subject],
    );
    return { caseIds: rows.map(({ id }) => id) };
  });

/** Fills the tokens of persons; their indexes are made when everything is there, which is many times faster. */
export async function withoutTokenIndexes(client: pg.Client, fill: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_indexdef('cases.person_token_by_person'::regclass) as definition`,
  );
  await client.query(
    `alter table cases.person_token drop constraint person_token_pkey; drop index cases.person_token_by_person`,
  );
  await fill();
  await client.query(
    `set maintenance_work_mem = '1GB'; alter table cases.person_token add primary key (tenant_id, token, person_id); ${rows[0]!.definition}`,
  );
}

/**
 * Cases of many case managers: of the first `among` the given user has one in fifty, of the others none. A case manager
 * has no more cases because the organisation is large.
 */
export async function seedCases(client: pg.Client, user: User, count: number, among = count): Promise<void> {
  await client.query(
    `insert into cases.case (tenant_id, id, version, request_id, person_id, field_of_practice, phase, status, intensity, responsible, deputy,
       team, clients, opened_at, agreed_on, agreements, phases, milestones, running_measures, responsibilities, members,
       informed_parties, reopenings)
     select $1, ${id('case')}, 3, ${id('request')}, ${id('person')}, (array['health', 'employment', 'nursing', 'youth'])[1 + n % 4],
       (array['assessment', 'service_planning', 'linking', 'monitoring'])[1 + n % 4], 'active', 1 + n % 3,
       case when n % $3 = 0 and n <= $5 then $2 else 'case-manager-' || n % $6 end, case when n % 211 = 0 and n <= $5 then $2 end, 'team-' || n % 10, '{}',
       now() - n * interval '1 minute', current_date - 30, '[]',
       jsonb_build_array(
         jsonb_build_object('phase', 'clarification', 'at', now() - interval '60 days', 'by', 'seed', 'reason', 'request accepted', 'until', now() - interval '30 days'),
         jsonb_build_object('phase', 'assessment', 'at', now() - interval '30 days', 'by', 'seed', 'reason', 'agreement signed', 'until', null)),
       '{}', '[]', jsonb_build_array(jsonb_build_object('subject', 'seed', 'from', now() - interval '60 days')), '[]', '[]', '[]'
     from generate_series(1, $4::int) n`,
    [user.tenantId, user.subject, CASE_MANAGERS, count, among, Math.ceil((CASE_MANAGERS * count) / among)],
  );
  await client.query(
    `insert into platform.case_access (tenant_id, case_id, person_id, responsible, deputy, team, clients, persons)
     select tenant_id, id, person_id, responsible, deputy, team, clients,
       jsonb_build_array(jsonb_build_object('personId', person_id, 'client', true, 'guardians', '[]'::jsonb))
     from cases.case where tenant_id = $1`,
    [user.tenantId],
  );
}

/** For every case a participation, and a release of some categories to one of a hundred providers. */
export async function seedConsents(client: pg.Client, user: User, count: number): Promise<void> {
  const columns = `tenant_id, id, version, case_id, person_id, kind, purpose, categories, recipients, form, language, text_version, given_by,
    age_group, consequences_explained, withdrawal_explained, valid_from, evidence, obtained_by, obtained_at, withdrawn, withdrawals`;
  const insert = (consent: string, kind: string, purpose: string, categories: string, recipients: string) => `
    insert into consent.consent (${columns})
    select $1, ${consent}, 1, ${id('case')}, ${id('person')}, '${kind}', '${purpose}', '${categories}', ${recipients}, 'written', 'de', '2026-1',
      '{"kind": "client"}', 'adult', true, true, current_date - 30, '{}', $2, now(), false, '[]'
    from generate_series(1, $3::int) n`;
  const released = `jsonb_build_array(jsonb_build_object('kind', 'organisation', 'id', ${providerOf}, 'name', 'Provider'))`;
  for (const statement of [
    insert(id('participation'), 'participation', 'case_management', '[]', `'[]'`),
    insert(id('release'), 'disclosure', 'referral', '["identity", "health", "situation"]', released),
  ])
    await client.query(statement, [user.tenantId, user.subject, count]);
}

const providerOf = `'00000000-0000-7000-9000-' || lpad(to_hex(n % 100), 12, '0')`;
/** The provider the nth client released something to. */
export const providerId = (n: number) => `00000000-0000-7000-9000-${(n % 100).toString(16).padStart(12, '0')}`;
