import fc from 'fast-check';
import { type Command, command, expectAnswer, index, mask, pick, some } from './disclosure-command';
import { type Flow, POOL } from './disclosure-oracle';
import { PARTS, type Part, type SentReferral, any, categoryOf } from './disclosure-world';

/** Steps with which something goes out, or what is open to others changes. */

export const draftTo = ({
  provider,
  categories,
  informed,
}: Pick<SentReferral, 'provider' | 'informed'> & { categories: number }): Command =>
  command(`draft to ${provider} ${categories}${informed ? '' : ' uninformed'}`, async (model, real) => {
    const named = some(POOL.referral, categories);
    const body = {
      ...{ serviceId: real.providers[provider]!.serviceId, purposeText: 'Help at home', categories: named },
      informationPackage: 'Lives alone.',
      ...(informed ? { clientInformedOn: '2026-03-01' } : {}),
    };
    const reply = await real.missCm.post(`/v1/cases/${real.caseId}/referrals`, body);
    if (!expectAnswer('draft', reply, model.status === 'active')) return;
    const state = { sent: false, closed: false, steady: true, consentId: null };
    model.referrals.push({ id: reply.body.id, provider, categories: named, informed, ...state });
  });
export const draft = fc
  .record({ provider: fc.nat({ max: 1 }), categories: mask, informed: fc.constantFrom(true, true, true, false) })
  .map(draftTo);

export const sendOne = (at: number): Command =>
  command(`send ${at}`, async (model, real) => {
    const waiting = model.referrals.filter((r) => !r.sent && !r.closed);
    const referral = pick(waiting, at);
    if (!referral) return;
    const flow = model.flowOf(referral, real.providers[referral.provider]!.id);
    const [releases, exceptions] = [model.oracle.releasesFor(flow), model.oracle.exceptionsFor(flow)];
    // Where the client may not know before, the exception stands in for telling them; where they released it, they were asked.
    const basis = releases.length > 0 ? referral.informed : exceptions.length > 0;
    const reply = await real.missCm.post(`/v1/referrals/${referral.id}/sending`, {}, any);
    if (!expectAnswer('sending', reply, model.status === 'active' && basis)) return;
    referral.sent = true;
    model.passed('referral', referral.id, flow);
  });
export const send = index.map(sendOne);

export const answer = fc
  .record({ at: index, step: fc.constantFrom('acceptance', 'declination', 'cancellation') })
  .map(({ at, step }) =>
    command(`${step} ${at}`, async (model, real) => {
      const referral = pick(model.referrals, at);
      if (!referral) return;
      const body =
        step === 'declination' ? { reason: 'no_capacity' } : step === 'cancellation' ? { reason: 'other' } : {};
      const who = step === 'cancellation' ? real.missCm : real.providers[referral.provider]!.api;
      const reply = await who.post(`/v1/referrals/${referral.id}/${step}`, body, any);
      // The course of a referral is tested elsewhere; here it counts that an end closes it.
      if (reply.status < 300 && step !== 'acceptance') referral.closed = true;
    }),
  );

/** Somebody is told at once. */
export const tellOne = (what: 'invite' | 'inform', to: number, categories: number): Command =>
  command(`${what} ${to} ${categories}`, async (model, real) => {
    const purpose = what === 'invite' ? 'conference' : 'coordination';
    const recipient = real.recipients[to]!;
    const flow: Flow = { purpose, recipient, categories: some(POOL[purpose], categories) };
    const path =
      what === 'invite' ? `conferences/${real.conferenceId}/invitations` : `cases/${real.caseId}/informed-parties`;
    const body = { recipient: real.recipient(recipient), role: 'Help', categories: flow.categories };
    const reply = await real.missCm.post(`/v1/${path}`, body, any);
    const possible = what === 'invite' ? !model.invited.has(recipient) : model.status === 'active';
    if (!expectAnswer(what, reply, possible && model.oracle.bases(flow).length > 0)) return;
    if (what === 'invite') model.invited.add(recipient);
    const source = what === 'invite' ? real.conferenceId : real.caseId;
    model.passed(what === 'invite' ? 'conference_invitation' : 'informed_party', source, flow);
  });
export const tell = (what: 'invite' | 'inform') =>
  fc.record({ to: fc.nat({ max: 2 }), categories: mask }).map(({ to, categories }) => tellOne(what, to, categories));

export const openPart = (part: Part): Command =>
  command(`open ${part}`, async (model, real) => {
    const { link, oracle, status } = model;
    const flow: Flow = { purpose: 'joint_steering', recipient: real.mrCm.subject, categories: [categoryOf(part)] };
    const allowed =
      status === 'active' &&
      oracle.takesPart &&
      link.agreed &&
      link.shared.includes(part) &&
      oracle.bases(flow).length > 0;
    const reply = await real.missCm.post(`/v1/case-links/${real.linkId}/openings`, { caseId: real.caseId, part }, any);
    if (allowed && reply.body.code === 'part-already-open' && link.openings.some((o) => o.part === part && !o.closed))
      return;
    if (!expectAnswer('opening', reply, allowed)) return;
    model.closeOpenings((opening) => opening.part === part);
    const { openings } = await real.missCm.ok('get', `/v1/case-links/${real.linkId}`);
    link.openings.push({ part, consentId: openings.at(-1).consentId, closed: false });
    model.passed('linked_case', real.linkId, flow);
  });
export const open = fc.constantFrom<Part>(...PARTS).map(openPart);

export const share = mask.map((parts) =>
  command(`share ${parts}`, async (model, real) => {
    const shared = some(PARTS, parts);
    const body = { caseId: real.caseId, sharedParts: shared };
    const reply = await real.missCm.put(`/v1/case-links/${real.linkId}/shared-parts`, body, any);
    if (!expectAnswer('sharing', reply, model.link.agreed)) return;
    model.link.shared = shared;
    model.closeOpenings(({ part }) => !shared.includes(part));
  }),
);
export const unlink = fc.boolean().map((again) =>
  command(again ? 'link again' : 'end the link', async (model, real) => {
    if (again && !model.link.agreed && model.status === 'active') {
      await real.relink();
      model.link = { agreed: true, shared: [...PARTS], openings: [] };
    } else if (!again) {
      const body = { caseId: real.otherCaseId, reason: 'They moved apart.' };
      const reply = await real.mrCm.post(`/v1/case-links/${real.linkId}/ending`, body, any);
      expectAnswer('ending', reply, model.link.agreed);
      model.link.agreed = false;
    }
  }),
);
