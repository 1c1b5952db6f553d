import { release, releaseOf } from '../papers.mts';
import { type Schemas, asItIs, at, done, once, refused } from '../people.mts';
import { chapter, result, say } from '../tell.mts';
import type { Family } from './family.mts';
import type { Directory } from './house.mts';
import type { Cases, HelpCase } from './intake.mts';

type Role = Schemas['PutMemberDto']['role'];

/** Still phase 1: who belongs to each case, two cases linked as one family, and who may know what. */
export async function together(cases: Cases, family: Family, places: Directory): Promise<void> {
  chapter('Two cases, one family');
  const { mrX, missX } = cases;
  await surround(mrX, [
    [family.missX, 'partner'],
    [family.son, 'child'],
    [family.daughter, 'child'],
    [family.grandmother, 'parent'],
    [family.neighbour, 'neighbour'],
  ]);
  await surround(missX, [
    [family.mrX, 'partner'],
    [family.son, 'child'],
    [family.daughter, 'child'],
    [family.grandmother, 'other_relative'],
  ]);
  say(
    'Miss CM and Mr CM note who belongs to each case: wife and husband, the two children, the grandparents, the neighbour with the spare key.',
  );
  await carefulHands(mrX);
  await link(mrX, missX);

  const youthOffice = {
    kind: 'organisation',
    id: places.youthOffice.providerId,
    name: places.youthOffice.name,
  } as const;
  await release(missX, 'coordination', [youthOffice], ['identity', 'family', 'service_plan']);
  const params = { path: { id: missX.id }, header: asItIs };
  const body: Schemas['InformPartyDto'] = {
    recipient: youthOffice,
    role: 'Helps the children',
    categories: ['identity', 'family'],
  };
  await done(missX.cm.POST('/v1/cases/{id}/informed-parties', { params, body }));
  result(
    'Within that consent the youth office learns who coordinates the help for Miss X; it is in the disclosure register.',
  );
  await sonsConsent(missX, family, places);
}

/** One change after the other, each with the ETag of the one before. */
async function surround({ id, cm }: HelpCase, members: [string, Role][]): Promise<void> {
  let seen: { version: number } = await done(cm.GET('/v1/cases/{id}', { params: { path: { id } } }));
  for (const [personId, role] of members) {
    const params = { path: { id, personId }, header: at(seen) };
    seen = await done(cm.PUT('/v1/cases/{id}/members/{personId}', { params, body: { role, legalGuardian: false } }));
  }
}

/** ETags: nobody overwrites what they have not seen. */
async function carefulHands({ id, cm }: HelpCase): Promise<void> {
  const path = { id };
  const seen = await done(cm.GET('/v1/cases/{id}', { params: { path } }));
  const weigh = (header: { 'If-Match': string }, intensity: number) =>
    cm.PUT('/v1/cases/{id}/intensity', { params: { path, header }, body: { intensity } });
  await done(weigh(at(seen), 4));
  await refused(
    'In a second window, opened before, Miss CM changes the weight of the case once more.',
    weigh(at(seen), 2),
    { status: 412, code: 'precondition-failed' },
  );
  await refused('A script of hers sends no If-Match at all.', weigh({} as { 'If-Match': string }, 2), {
    status: 428,
    code: 'precondition-required',
  });
}

/** CASE-11: proposed by one side, accepted by the other; each part is opened within the client's consent. */
async function link(mrX: HelpCase, missX: HelpCase): Promise<void> {
  const shared: Schemas['ProposeLinkDto']['sharedParts'] = ['plan', 'goals', 'conference'];
  const reason = 'One household, one plan for the children.';
  const proposal = { otherCaseId: missX.id, kind: 'family', reason, sharedParts: shared } as const;
  const linked = await done(
    mrX.cm.POST('/v1/cases/{id}/links', { params: { path: { id: mrX.id }, header: once() }, body: proposal }),
  );
  const path = { id: linked.id };
  const accepted = await done(
    missX.cm.POST('/v1/case-links/{id}/acceptance', {
      params: { path, header: at(linked) },
      body: { caseId: missX.id, sharedParts: shared },
    }),
  );
  say(
    'The two case managers find out that they work for one family. Miss CM proposes to link the cases, Mr CM accepts.',
  );

  const open = (of: HelpCase, header: { 'If-Match': string }) =>
    of.cm.POST('/v1/case-links/{id}/openings', { params: { path, header }, body: { caseId: of.id, part: 'plan' } });
  await refused('Miss CM wants to open Mr X’s plan to Mr CM. Has anybody asked Mr X?', open(mrX, at(accepted)), {
    status: 403,
    code: 'consent-required',
  });
  for (const [one, other] of [
    [mrX, missX],
    [missX, mrX],
  ] as const) {
    await release(
      one,
      'joint_steering',
      [{ kind: 'person', id: other.cm.subject, name: other.cm.name }],
      ['service_plan'],
    );
    await done(open(one, asItIs));
  }
  const { data } = await done(mrX.cm.GET('/v1/cases/{id}/linked-cases', { params: { path: { id: mrX.id } } }));
  if (data[0]?.status !== 'agreed' || !data[0].parts.some(({ part, open }) => part === 'plan' && open))
    throw new Error(`The cases should be linked and the plan open: ${JSON.stringify(data)}`);
  result('Mr and Miss X both agree that the two case managers show each other the plans.');
}

/** CONS-1: from 14 to 17 a young person and a guardian consent together. */
async function sonsConsent(missX: HelpCase, family: Family, places: Directory): Promise<void> {
  const { cm, id } = missX;
  const son = await done(cm.GET('/v1/persons/{id}', { params: { path: { id: family.son } } }));
  const guardian = { kind: 'guardian', name: missX.client.name, basis: 'Custody of both parents' } as const;
  const office = { kind: 'organisation', id: places.youthOffice.providerId, name: places.youthOffice.name } as const;
  const paper = {
    ...releaseOf(missX, 'coordination', [office], ['situation', 'family']),
    personId: family.son,
    personBirthDate: son.birthDate!,
    givenBy: guardian,
  };
  const give = (body: typeof paper & Partial<Schemas['GiveConsentDto']>) =>
    cm.POST('/v1/cases/{caseId}/consents', { params: { path: { caseId: id }, header: once() }, body });
  await refused('Miss X signs alone that the youth office may be told about her son.', give(paper), {
    status: 422,
    code: 'validation-error',
    fields: ['both-required'],
  });
  await done(give({ ...paper, alsoBy: { kind: 'client', name: 'The son' } }));
  result(
    'He is fourteen, so he is asked too. He shrugs, reads it twice, and signs: “But I want to hear what you say about me.”',
  );
}
