import { InvalidInput } from '../../../../shared/domain/errors';
import { Person } from './person.entity';
import { identifierKey } from './person.identifiers';
import { normaliseName } from './person.names';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const person = (more: object = {}) => Person.record({ familyName: 'X', ...more }, stamp);

describe('comparable names', () => {
  it.each([
    ['Müller', 'MUELLER'],
    ['Groß', 'gross'],
    ['Lévy-Straßer', 'levy strasser'],
    ['Łukasz', 'lukasz'],
    ["O'Brien", 'OBRIEN'],
    ['Müller', 'mu\u0308ller'],
  ])('CASE-1: %s and %s are the same name', (one, other) => expect(normaliseName(one)).toBe(normaliseName(other)));

  it('CASE-1: Greek and Cyrillic names stay comparable', () => {
    expect(normaliseName('Παπαδόπουλος')).toBe(normaliseName('ΠΑΠΑΔΟΠΟΥΛΟΣ'));
    expect(normaliseName('Иванов')).toBe('иванов');
  });

  it('CASE-1: blanks, dots and case do not make another identifier, another system does', () => {
    expect(identifierKey({ system: 'urn:KV', value: 'A 123.456' })).toBe(
      identifierKey({ system: 'urn:kv', value: 'a123456' }),
    );
    expect(identifierKey({ system: 'urn:other', value: 'a123456' })).not.toBe(
      identifierKey({ system: 'urn:kv', value: 'a123456' }),
    );
  });
});

describe('a person', () => {
  it('CASE-1: is recorded with as little as a family name', () =>
    expect(person()).toMatchObject({
      familyName: 'X',
      givenName: null,
      birthDate: null,
      gender: 'not_stated',
      languages: [],
      interpreterNeeded: false,
    }));

  it('CASE-1: is corrected field by field: absent stays, null clears', () => {
    const found = person({ givenName: 'Martin', phone: '1', languages: ['de'], gender: 'male' });
    found.correct({ phone: null, languages: null, town: 'Leipzig' }, stamp);
    expect(found).toMatchObject({ givenName: 'Martin', gender: 'male', phone: null, languages: [], town: 'Leipzig' });
  });

  it('CASE-1: every wrong field is named, where it stands', () => {
    const wrong = () =>
      Person.record({ familyName: 'X', birthDate: '2027-01-01', languages: ['German'] }, stamp, '#/person');
    expect(wrong).toThrow(InvalidInput);
    try {
      wrong();
    } catch (error) {
      expect((error as InvalidInput).faults.map(({ pointer }) => pointer)).toEqual([
        '#/person/birthDate',
        '#/person/languages/0',
      ]);
    }
  });

  it('CASE-1: a merge gives the survivor what it lacks and keeps what contradicts on the duplicate', () => {
    const survivor = person({
      phone: '1',
      languages: ['de'],
      addressLines: ['Gartenweg 3'],
      identifiers: [{ system: 'a', value: '1' }],
    });
    const duplicate = person({
      givenName: 'Martin',
      phone: '2',
      languages: ['pl', 'de'],
      interpreterNeeded: true,
      postalCode: '04109',
      identifiers: [
        { system: 'a', value: '1' },
        { system: 'b', value: '2' },
      ],
    });
    duplicate.mergeInto(survivor, 'Same number', stamp);
    expect(survivor).toMatchObject({
      givenName: 'Martin',
      phone: '1',
      languages: ['de', 'pl'],
      interpreterNeeded: true,
      postalCode: null,
    });
    expect(survivor.identifiers).toEqual([
      { system: 'a', value: '1' },
      { system: 'b', value: '2' },
    ]);
    expect(duplicate).toMatchObject({ phone: '2', postalCode: '04109', mergedInto: survivor.id });
    expect(duplicate.pullEvents()).toMatchObject([
      { aggregateId: duplicate.id, survivorId: survivor.id, at: stamp.at },
    ]);
  });

  it('CASE-1: a merged record is neither changed nor merged again, and nothing is merged into it', () => {
    const [survivor, duplicate] = [person(), person()];
    expect(() => survivor.mergeInto(survivor, 'x', stamp)).toThrow('merge-into-itself');
    duplicate.mergeInto(survivor, 'x', stamp);
    expect(() => duplicate.correct({ town: 'Halle' }, stamp)).toThrow('person-merged');
    expect(() => duplicate.mergeInto(survivor, 'x', stamp)).toThrow('person-merged');
    expect(() => survivor.mergeInto(duplicate, 'x', stamp)).toThrow('survivor-merged');
  });
});
