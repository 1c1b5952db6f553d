import { bornInDecember } from '../days.mts';
import { type People, type Person, type Schemas, done, once } from '../people.mts';
import { chapter, result, say } from '../tell.mts';

/** Ids of the people of Family X. */
export type Family = Record<'mrX' | 'missX' | 'son' | 'daughter' | 'grandmother' | 'neighbour', string>;

/** Everybody who belongs to the story, found in the register or recorded. */
export async function family(people: People): Promise<Family> {
  chapter('Family X');
  const missCm = people.as('miss-cm');
  const found = {
    mrX: await account(missCm, people.as('mr-x'), {
      familyName: 'X',
      givenName: 'Mister',
      birthDate: '1972-05-17',
      gender: 'male',
    }),
    missX: await account(missCm, people.as('miss-x'), {
      familyName: 'X',
      givenName: 'Miss',
      birthDate: '1977-09-02',
      gender: 'female',
    }),
    son: await onRecord(missCm, {
      familyName: 'X',
      givenName: 'Son',
      birthDate: bornInDecember(14, 24),
      gender: 'male',
    }),
    daughter: await onRecord(missCm, {
      familyName: 'X',
      givenName: 'Daughter',
      birthDate: bornInDecember(10, 18),
      gender: 'female',
    }),
    grandmother: await onRecord(missCm, {
      familyName: 'X',
      givenName: 'Grandmother',
      birthDate: '1946-02-11',
      gender: 'female',
    }),
    neighbour: await onRecord(missCm, {
      familyName: 'N',
      givenName: 'Neighbour',
      birthDate: '1961-07-30',
      gender: 'female',
    }),
  };
  say(
    'Mr X is an engineer. Ten years ago alcohol cost him his profession; two years ago he found work again, and three weeks ago a stroke paralysed his right side. Miss X, a qualified sales woman, has lost job after job; she suffers from depression. Their son of fourteen skips school, has met the drug scene and the police. Their adopted daughter of ten loves to be at home and hardly says a word in school. There are large debts. There are also neighbours who ring the bell and ask how things are, Mr X’s parents, and a small garden.',
  );
  result('Everybody is in the register of persons; Mr and Miss X have accounts of their own.');
  return found;
}

type NewPerson = Schemas['RecordPersonDto'] & { birthDate: string };

/** The person on record, or a new one: looked for first, so that nobody is recorded twice (CASE-1). */
async function onRecord(worker: Person, body: NewPerson): Promise<string> {
  return (
    (await search(worker, body))[0]?.id ??
    (await done(worker.POST('/v1/persons', { params: { header: once() }, body }))).id
  );
}

/**
 * The person an account belongs to. An account belongs to one person, so a client who was here before is found by the
 * own case, or by name and account, and goes on with the same record.
 */
async function account(worker: Person, client: Person, body: NewPerson): Promise<string> {
  const { data: own } = await done(client.GET('/v1/cases', { params: { query: { limit: 1 } } }));
  if (own[0]) return own[0].personId;
  for (const { id } of await search(worker, body)) {
    const { portalSubject } = await done(worker.GET('/v1/persons/{id}', { params: { path: { id } } }));
    if (portalSubject === client.subject) return id;
  }
  const linked = { ...body, portalSubject: client.subject };
  return (await done(worker.POST('/v1/persons', { params: { header: once() }, body: linked }))).id;
}

async function search(worker: Person, { familyName, givenName, birthDate }: NewPerson) {
  const { data } = await done(worker.POST('/v1/persons/search', { body: { familyName, givenName, birthDate } }));
  return data.filter((person) => person.familyName === familyName && person.givenName === givenName);
}
