import { daysAgo, inMonths } from '../days.mts';
import { type People, type Person, type Schemas, asItIs, done, once } from '../people.mts';
import { chapter, result, say } from '../tell.mts';

/** A service of the directory with the provider it belongs to; `staff` is somebody who works there. */
export type Place = { providerId: string; serviceId: string; name: string; staff: Person | null };
type Listing = {
  provider: Schemas['ListProviderDto'];
  service: Omit<Schemas['ListServiceDto'], 'providerId' | 'region'>;
  freePlaces: number;
};

const REGION = 'Small City';
const LISTINGS = {
  clinic: {
    provider: { name: 'Riverside Rehabilitation Clinic', payers: ['Pension insurance'] },
    service: {
      name: 'Neurological rehabilitation',
      problemAreas: ['chronic_disease', 'care_need'],
      payer: 'Pension insurance',
    },
    freePlaces: 2,
  },
  physiotherapyOnTheHill: {
    provider: { name: 'Physiotherapy on the Hill' },
    service: { name: 'Physiotherapy in the practice', problemAreas: ['chronic_disease'], payer: 'Health insurance' },
    freePlaces: 1,
  },
  physiotherapyAtTheMill: {
    provider: { name: 'Physiotherapy at the Mill' },
    service: {
      name: 'Physiotherapy with home visits',
      problemAreas: ['chronic_disease', 'disability'],
      payer: 'Health insurance',
    },
    freePlaces: 3,
  },
  medicalSupplies: {
    provider: { name: 'Walkwell Medical Supplies' },
    service: {
      name: 'Walking frames, fitted at home',
      problemAreas: ['disability', 'care_need'],
      priceCents: 14_900,
      priceUnit: 'once',
    },
    freePlaces: 20,
  },
  employmentProgramme: {
    provider: { name: 'Way Back to Work' },
    service: {
      name: 'Employment programme for sales staff',
      problemAreas: ['long_term_unemployment'],
      payer: 'Job centre',
    },
    freePlaces: 0,
  },
  selfHelpGroup: {
    provider: { name: 'Light on the Horizon', informal: true, informalKind: 'self_help' },
    service: { name: 'Self-help group for people with depression', problemAreas: ['mental_disorder'] },
    freePlaces: 5,
  },
  debtAdvice: {
    provider: { name: 'Debt Advice Service' },
    service: { name: 'Debt advice for families', problemAreas: ['debt'] },
    freePlaces: 4,
  },
  dayClinic: {
    provider: { name: 'Psychiatric Day Clinic' },
    service: { name: 'Day treatment of depression', problemAreas: ['mental_disorder'], payer: 'Health insurance' },
    freePlaces: 1,
  },
  youthOffice: {
    provider: { name: 'Youth Welfare Office' },
    service: { name: 'Help for bringing up children', problemAreas: ['family_problems', 'delinquency'] },
    freePlaces: 10,
  },
  livingCommunity: {
    provider: { name: 'Assisted Living Community Lindenhof', payers: ['Youth office'] },
    service: {
      name: 'Assisted living for young people',
      problemAreas: ['family_problems', 'addiction', 'delinquency'],
      payer: 'Youth office',
    },
    freePlaces: 1,
  },
  neighbourhood: {
    provider: { name: 'Neighbours of Garden Street', informal: true, informalKind: 'neighbourhood' },
    service: {
      name: 'Help with daily care, paid by the hour',
      problemAreas: ['care_need'],
      priceCents: 1_200,
      priceUnit: 'hour',
    },
    freePlaces: 2,
  },
} satisfies Record<string, Listing>;
export type Directory = Record<keyof typeof LISTINGS, Place>;

/** Staff records and the directory: what has to be there before anybody asks for help. */
export async function house(people: People): Promise<Directory> {
  chapter('The house is in order');
  await employ(people.as('org-admin'), people.as('miss-cm'), 'hospital');
  await employ(people.as('team-lead'), people.as('mr-cm'), 'employment');
  say(
    'The head of the organisation keeps the staff record of Miss CM, discharge management at the hospital; the team lead that of Mr CM at the employment service. Both are qualified case managers (DGCC) with this year’s training.',
  );
  const directory = {} as Directory;
  for (const [key, listing] of Object.entries(LISTINGS))
    directory[key as keyof Directory] = await listed(people, listing);
  result(
    `The network manager lists who can help in ${REGION}: ${Object.keys(LISTINGS).length} services, from the rehabilitation clinic to the neighbours of Garden Street, each with its free places confirmed today.`,
  );
  return directory;
}

/** Made new without If-Match, replaced with it. */
async function employ(lead: Person, member: Person, team: string): Promise<void> {
  const path = { subject: member.subject };
  const known = await lead.GET('/v1/staff/{subject}', { params: { path } });
  const body = {
    displayName: member.name,
    team,
    caseloadLimit: 500,
    qualification: { title: 'Case Manager (DGCC)', validUntil: inMonths(30), lastTrainingOn: daysAgo(90) },
  };
  await done(lead.PUT('/v1/staff/{subject}', { params: { path, header: known.data ? asItIs : {} }, body }));
}

/** Finds the entry, or makes it; then confirms its capacity. */
async function listed(people: People, { provider, service, freePlaces }: Listing): Promise<Place> {
  const manager = people.as('network-manager');
  const { data: hits } = await done(
    manager.GET('/v1/services', { params: { query: { q: service.name, limit: 100 } } }),
  );
  const known = hits.find((hit) => hit.name === service.name && hit.providerName === provider.name);
  const providerId =
    known?.providerId ?? (await done(manager.POST('/v1/providers', { params: { header: once() }, body: provider }))).id;
  const body = { ...service, providerId, region: REGION };
  const entry = known ?? (await done(manager.POST('/v1/services', { params: { header: once() }, body })));
  const params = { path: { id: entry.id }, header: asItIs };
  const capacity = { freePlaces, waitingDays: freePlaces > 0 ? 0 : 21 };
  await done(manager.POST('/v1/services/{id}/confirmation', { params, body: capacity }));
  const staff = await people.ofProvider(providerId, provider.name);
  return { providerId, serviceId: entry.id, name: provider.name, staff };
}
