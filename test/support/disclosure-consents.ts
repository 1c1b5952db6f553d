import fc from 'fast-check';
import { type Command, command, days, expectAnswer, index, mask, of, pick, purpose, some } from './disclosure-command';
import { type Exception, POOL, type Release, cell } from './disclosure-oracle';
import { type Model, type World, any, categoryOf } from './disclosure-world';

/** Steps that change what may go out: consents, withdrawals, exceptions. */

const consent = (of: 'client' | 'child', more: object) => ({
  kind: 'disclosure',
  form: 'written',
  language: 'de',
  textVersion: 'release-2026-01',
  givenBy: of === 'client' ? { kind: 'client', name: 'Y' } : { kind: 'guardian', name: 'Z', basis: 'custody' },
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'file 2026/17, sheet 3' },
  ...more,
});
const personOf = (who: 'client' | 'child', { clientId }: Model, { childId }: World) =>
  who === 'client' ? clientId : childId;

type Terms = Pick<Release, 'kind' | 'purpose' | 'of'> & {
  categories: number;
  recipients: number;
  days: number | null;
  from: number;
};
/** A release of the categories and for the recipients of two bit masks, from a day on and for so many days. */
export const release = ({ kind, purpose, of, categories, recipients, days, from }: Terms): Command =>
  command(`release ${kind} ${purpose} of ${of} ${categories} ${recipients} +${from}/${days}`, async (model, real) => {
    const { oracle } = model;
    const terms = {
      ...{ kind, purpose, categories: some(POOL[purpose], categories) },
      validFrom: oracle.dayIn(from),
      ...(days === null ? {} : { validUntil: oracle.dayIn(from + days) }),
    };
    const named = some(real.recipients, recipients);
    const { id } = await real.missCm.ok(
      'post',
      `/v1/cases/${real.caseId}/consents`,
      consent(of, { ...terms, personId: personOf(of, model, real), recipients: named.map((r) => real.recipient(r)) }),
    );
    const left = new Set(named.flatMap((r) => terms.categories.map((c) => cell(r, c))));
    const period = { from: terms.validFrom, until: terms.validUntil ?? null };
    oracle.releases.push({ id, kind, of, purpose, ...period, recipients: named, categories: terms.categories, left });
  });
export const give = fc
  .record({
    kind: fc.constantFrom<Release['kind']>('disclosure', 'disclosure', 'disclosure', 'data_processing'),
    ...{ purpose, of, categories: mask, recipients: mask, days },
    from: fc.constantFrom(0, 0, 0, 1),
  })
  .map(release);

export const takePart = days.map((days) =>
  command(`participation ${days}`, async (model, real) => {
    const { oracle } = model;
    const until = days === null ? null : oracle.dayIn(days);
    const terms = { personId: model.clientId, kind: 'participation', purpose: 'case_management' };
    const body = consent('client', { ...terms, ...(until ? { validUntil: until } : {}) });
    const { id } = await real.missCm.ok('post', `/v1/cases/${real.caseId}/consents`, body);
    oracle.participations.push({ id, from: oracle.today, until, withdrawn: false });
  }),
);

export const withdraw = fc
  .record({ at: index, part: fc.constantFrom('whole', 'recipients', 'categories'), mask, byClient: fc.boolean() })
  .map(({ at, part, mask, byClient }) =>
    command(`withdraw ${at} ${part} ${mask}${byClient ? ' by the client' : ''}`, async (model, real) => {
      const release = pick(model.oracle.releases, at);
      if (!release) return;
      const body = {
        ...(part === 'recipients' ? { recipientIds: some(release.recipients, mask) } : {}),
        ...(part === 'categories' ? { categories: some(release.categories, mask) } : {}),
      };
      const who = byClient && release.of === 'client' ? real.client : real.missCm;
      const reply = await who.post(`/v1/consents/${release.id}/withdrawal`, body, any);
      const { recipientIds: recipients, categories } = body;
      expectAnswer('withdrawal', reply, model.oracle.withdraw(release, { recipients, categories }));
      const touched = (recipient: string, used: readonly string[]) =>
        (recipients ?? release.recipients).includes(recipient) &&
        used.some((category) => (categories ?? release.categories).includes(category));
      for (const referral of model.referrals)
        if (release.purpose === 'referral' && touched(real.providers[referral.provider]!.id, referral.categories))
          referral.steady = false;
      model.closeOpenings((o) => o.consentId === release.id && touched(real.mrCm.subject, [categoryOf(o.part)]));
    }),
  );

export const leaveOne = (at: number): Command =>
  command(`stop taking part ${at}`, async (model, real) => {
    const { participations } = model.oracle;
    const found = pick(participations, at)!;
    const reply = await real.client.post(`/v1/consents/${found.id}/withdrawal`, {}, any);
    expectAnswer('withdrawal of participation', reply, !found.withdrawn);
    found.withdrawn = true;
    if (reply.status < 300 && !model.oracle.takesPart) model.closeOpenings(() => true);
  });
export const leave = index.map(leaveOne);

type ExceptionTerms = Pick<Exception, 'purpose' | 'of'> & { categories: number; recipient: number; days: number };
export const invoke = ({ purpose, of, categories, recipient, days }: ExceptionTerms): Command =>
  command(`exception ${purpose} of ${of} ${categories} to ${recipient} for ${days}`, async (model, real) => {
    const { oracle } = model;
    const to = real.recipients[recipient]!;
    const terms = { purpose, categories: some(POOL[purpose], categories), validUntil: oracle.dayIn(days) };
    const { id } = await real.missCm.ok('post', `/v1/cases/${real.caseId}/consent-exceptions`, {
      ...{ kind: 'self_harm', legalBasis: 'STGB_34', facts: 'Speaks of ending it.', milderMeans: 'Talked with Y.' },
      ...{ assessedWith: ['Team lead'], priorNotice: { given: false, reason: 'Danger' } },
      ...{ ...terms, personId: personOf(of, model, real), recipient: real.recipient(to) },
    });
    const state = { confirmed: false, over: false, told: false };
    const { categories: named, validUntil: until } = terms;
    const more = { of, purpose, recipient: to, categories: named, until, invokedAt: oracle.now };
    oracle.exceptions.push({ id, ...more, ...state });
  });
export const except = fc
  .record({ purpose, of, categories: mask, recipient: fc.nat({ max: 2 }), days: fc.integer({ min: 0, max: 5 }) })
  .map(invoke);

type Decision = 'confirmation' | 'own confirmation' | 'rejection' | 'end' | 'client-informing';
export const decide = fc
  .record({
    at: index,
    what: fc.constantFrom<Decision>('confirmation', 'own confirmation', 'rejection', 'end', 'client-informing'),
  })
  .map(({ at, what }) =>
    command(`${what} ${at}`, async (model, real) => {
      const { oracle } = model;
      const found = pick(oracle.exceptions, at);
      if (!found) return;
      const open = oracle.isOpen(found);
      const act = (who: World['missCm'], step: string, body: object = {}) =>
        who.post(`/v1/consent-exceptions/${found.id}/${step}`, body, any);
      const stop = (exception: Exception) => {
        exception.over = true;
        for (const referral of model.referrals)
          if (real.providers[referral.provider]!.id === exception.recipient) referral.steady = false;
      };
      const reason = { reason: 'The danger is averted.' };
      if (what === 'own confirmation') expectAnswer(what, await act(real.missCm, 'confirmation'), false);
      else if (what === 'confirmation') {
        if (expectAnswer(what, await act(real.lead, what), open && !found.confirmed)) found.confirmed = true;
      } else if (what === 'rejection') {
        if (expectAnswer(what, await act(real.lead, what, reason), open && !found.confirmed)) stop(found);
      } else if (what === 'end') {
        if (expectAnswer(what, await act(real.missCm, what, reason), open)) stop(found);
      } else {
        const told = { informedOn: oracle.today, how: 'In a talk' };
        if (expectAnswer(what, await act(real.missCm, what, told), !found.told)) found.told = true;
      }
    }),
  );
