import { isDeepStrictEqual } from 'node:util';
import { type People, done, once, until } from '../people.mts';
import { chapter, result, say, table } from '../tell.mts';
import type { Cases } from './intake.mts';
import { effortOf } from './journal.mts';
import type { Referrals } from './linking.mts';
import type { Plans } from './planning.mts';

/** Levels and weights of the story give these T-scores (Kiresuk & Sherman, rho 0.3). */
const T_SCORES = { mrX: 55.82, missX: 60.08 };

/** The clients read what is theirs; every entry of the disclosure register is there. */
export async function ownView(cases: Cases): Promise<void> {
  chapter('What Mr and Miss X can see for themselves');
  for (const { id, client } of Object.values(cases)) {
    const own = await done(client.GET('/v1/cases/{id}', { params: { path: { id } } }));
    const { data: plans } = await done(
      client.GET('/v1/cases/{caseId}/service-plans', { params: { path: { caseId: id } } }),
    );
    const query = { limit: 100 };
    const { data: passed } = await done(
      client.GET('/v1/cases/{caseId}/disclosures', { params: { path: { caseId: id }, query } }),
    );
    const { data: notes } = await done(
      client.GET('/v1/cases/{caseId}/journal-entries', { params: { path: { caseId: id }, query } }),
    );
    say(
      `${client.name} reads the own case (${own.phases.map(({ phase }) => phase.replace('_', ' ')).join(' → ')}), the plan (edition ${plans[0]?.edition}), ${notes.length} shared journal entries, and who was told what:`,
    );
    table(
      ['Told to', 'For', 'What'],
      passed
        .toReversed()
        .map(({ recipient, purpose, categories }) => [
          recipient.name ?? recipient.id,
          purpose.replace('_', ' '),
          categories.join(', ').replaceAll('_', ' '),
        ]),
    );
    if (notes.some(({ sharedWithClient }) => !sharedWithClient)) throw new Error('A client sees shared entries only');
  }
}

/** QA-3: the first audit run over both cases. */
export async function audit(people: People, cases: Cases): Promise<Map<string, Map<string, string>>> {
  chapter('The auditor');
  const auditor = people.as('auditor');
  const ids = Object.values(cases).map(({ id }) => id);
  const closed = await Promise.all(
    ids.map(async (id) => (await done(auditor.GET('/v1/cases/{id}', { params: { path: { id } } }))).closure!.closedAt),
  );
  // An audit judges what events have told it; `dataTime` says up to when. It should know of the end of both cases.
  const start = async () => {
    const { id } = await done(auditor.POST('/v1/audit-runs', { params: { header: once() }, body: { scope: {} } }));
    return done(auditor.GET('/v1/audit-runs/{id}', { params: { path: { id } } }));
  };
  const run = await until('the audit to know of the closures', start, ({ dataTime }) =>
    closed.every((at) => Date.parse(at) <= Date.parse(dataTime ?? '')),
  );
  const results = await Promise.all(
    ids.map((caseId) =>
      done(
        auditor.GET('/v1/audit-runs/{id}/results', { params: { path: { id: run.id }, query: { caseId, limit: 100 } } }),
      ),
    ),
  );
  const byCase = new Map(
    ids.map((id, i) => [
      id,
      new Map(results[i]!.data.map(({ rule, result: outcome }) => [rule as string, outcome as string])),
    ]),
  );
  const { standards } = await done(auditor.GET('/v1/standards'));
  const checks = new Map(
    standards.flatMap((standard) =>
      standard.checks.flatMap((check) =>
        check.rule ? [[check.rule.id, { ...check, rule: check.rule }] as const] : [],
      ),
    ),
  );
  say(
    `The quality auditor runs all automatic rules over the ${run.cases} case${run.cases === 1 ? '' : 's'} of the organisation (catalogue ${run.catalogueVersion}). For Family X:`,
  );
  table(
    ['Standard', 'Rule', ...Object.values(cases).map(({ client }) => client.name)],
    [...checks].map(([rule, { id }]) => [
      id,
      rule.replaceAll('-', ' '),
      ...ids.map((caseId) => (byCase.get(caseId)?.get(rule) ?? '?').replaceAll('_', ' ')),
    ]),
  );
  const { met, not_met, not_applicable } = countsOf(byCase);
  say(`${met} judgements are met, ${not_met} is not, ${not_applicable} does not apply.`);
  for (const [i, { client }] of Object.values(cases).entries())
    for (const { rule, result: outcome, evidence } of results[i]!.data) {
      const check = checks.get(rule);
      if (outcome !== 'not_met' || !check) continue;
      const notes = evidence.map(({ note }) => check.rule.notes.find(({ code }) => code === note)?.text.en ?? note);
      say(
        `A finding in the case of ${client.name}: ${notes.join('; ')} (${check.id}). The catalogue advises: “${check.rule.advice.en}”`,
      );
    }
  return byCase;
}

const countsOf = (findings: Map<string, Map<string, string>>) => {
  const counts = { met: 0, not_met: 0, not_applicable: 0 };
  for (const outcomes of findings.values())
    for (const outcome of outcomes.values()) counts[outcome as keyof typeof counts]++;
  return counts;
};

/** The end state, point by point; throws with everything that differs. */
export async function check(
  cases: Cases,
  plans: Plans,
  referrals: Referrals,
  findings: Map<string, Map<string, string>>,
): Promise<number> {
  const wrong: string[] = [];
  let points = 0;
  const same = (what: string, got: unknown, wanted: unknown) => {
    points++;
    if (!isDeepStrictEqual(got, wanted))
      wrong.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
  };
  const query = { limit: 100 };
  for (const whose of ['mrX', 'missX'] as const) {
    const { id, cm, client } = cases[whose];
    const path = { caseId: id };
    const seen = await done(cm.GET('/v1/cases/{id}', { params: { path: { id } } }));
    same(
      `${client.name}: status, phase and reason`,
      [seen.status, seen.phase, seen.closure?.reason],
      ['closed', 'evaluation', 'goals_achieved'],
    );
    same(
      `${client.name}: phases`,
      seen.phases.map(({ phase }) => phase),
      ['clarification', 'assessment', 'service_planning', 'linking', 'monitoring', 'evaluation'],
    );
    same(`${client.name}: members`, seen.members.length, whose === 'mrX' ? 5 : 4);
    const read = () => done(cm.GET('/v1/service-plans/{id}', { params: { path: { id: plans[whose].id } } }));
    const plan = await until('the plan to end with the case', read, ({ state }) => state === 'ended');
    same(`${client.name}: plan and edition`, [plan.state, plan.edition], ['ended', whose === 'mrX' ? 2 : 1]);
    same(`${client.name}: T-score`, plan.tScore, T_SCORES[whose]);
    same(`${client.name}: signed by`, plan.signatures.map(({ party }) => party).toSorted(), ['case_manager', 'client']);
    const {
      data: [evaluation],
    } = await done(cm.GET('/v1/cases/{caseId}/evaluations', { params: { path } }));
    same(`${client.name}: evaluation`, [evaluation?.status, evaluation?.tScore], ['recorded', T_SCORES[whose]]);
    const { data: entries } = await done(cm.GET('/v1/cases/{caseId}/journal-entries', { params: { path, query } }));
    same(
      `${client.name}: minutes of the journal`,
      entries.reduce((sum, { minutes }) => sum + minutes, 0),
      effortOf(id).minutes,
    );
    const { data: shared } = await done(client.GET('/v1/cases/{caseId}/journal-entries', { params: { path, query } }));
    same(
      `${client.name}: entries shared`,
      shared.length,
      entries.filter(({ sharedWithClient }) => sharedWithClient).length,
    );
    const { data: told } = await done(cm.GET('/v1/cases/{caseId}/disclosures', { params: { path, query } }));
    same(`${client.name}: disclosure register`, told.map(({ flow }) => flow).toSorted(), DISCLOSED[whose]);
    same(`${client.name}: audit`, findings.get(id) && Object.fromEntries(findings.get(id)!), AUDITED[whose]);
    const { data: open } = await done(
      cm.GET('/v1/cases/{caseId}/follow-ups', { params: { path, query: { ...query, status: 'open' } } }),
    );
    same(
      `${client.name}: follow-ups left open`,
      open.map(({ cause }) => cause),
      [],
    );
  }
  for (const [name, { id, of }] of Object.entries(referrals)) {
    const { state, history } = await done(of.cm.GET('/v1/referrals/{id}', { params: { path: { id } } }));
    same(
      `Referral ${name}`,
      [history.map(({ to }) => to), state],
      [COURSES[name as keyof Referrals], COURSES[name as keyof Referrals].at(-1)],
    );
  }
  same('Audit: judgements', countsOf(findings), { met: 22, not_met: 1, not_applicable: 1 });
  if (wrong.length > 0) throw new Error(`The story should have ended differently:\n  ${wrong.join('\n  ')}`);
  result(`The end state is as the story says: ${points} points checked.`);
  return points;
}

const DISCLOSED = {
  mrX: [
    'conference_invitation',
    'conference_invitation',
    'linked_case',
    'referral',
    'referral',
    'referral',
    'referral',
  ],
  missX: [
    'conference_invitation',
    'conference_invitation',
    'informed_party',
    'linked_case',
    'plan_copy',
    'referral',
    'referral',
    'referral',
    'referral',
    'referral',
  ],
};

const COURSES: Record<keyof Referrals, string[]> = {
  clinic: ['draft', 'sent', 'accepted', 'started', 'completed'],
  hill: ['draft', 'sent', 'declined'],
  mill: ['draft', 'sent', 'accepted', 'started'],
  frame: ['draft', 'sent', 'accepted', 'started', 'completed'],
  programme: ['draft', 'sent', 'waitlisted', 'accepted', 'started', 'completed'],
  group: ['draft', 'sent', 'accepted', 'appointment', 'no_show', 'appointment', 'started'],
  debts: ['draft', 'sent', 'accepted', 'appointment', 'started'],
  living: ['draft', 'sent', 'accepted', 'started'],
  dayClinic: ['draft', 'sent', 'cancelled'],
};

const allMet = {
  'request-screened': 'met',
  'agreement-signed-with-consent': 'met',
  'perspectives-present': 'met',
  'needs-and-resources-found': 'met',
  'assessment-in-time': 'met',
  'goals-dated-and-checkable': 'met',
  'plan-signed-by-client': 'met',
  'consent-before-disclosure': 'met',
  'referrals-followed-up': 'met',
  'reviews-on-time': 'met',
  'evaluated-by-all-parties': 'met',
};
const AUDITED = {
  mrX: { ...allMet, 'danger-addressed-first': 'not_applicable' },
  missX: { ...allMet, 'danger-addressed-first': 'met', 'assessment-in-time': 'not_met' },
};
