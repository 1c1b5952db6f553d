import { ANOTHER_PERSON, OWN_ACCOUNT, redactor } from './redaction';

const redaction = () =>
  redactor({
    ownNames: ['Example', 'Max'],
    ownAccount: 'account-max',
    otherNames: ['Example', 'Erika', 'Mrs Neighbour', 'Li'],
    staff: ['miss-cm', 'account-max', 'mr-cm'],
  });

describe('GDPR 15 (4): others in the copy of somebody’s data', () => {
  it('lose their names in every text, the person keeps theirs, and a part of a word is no name', () => {
    const { deep, counts } = redaction();
    expect(
      deep({ text: 'Max Example and ERIKA Example met Mrs Neighbour; Erikastraße, Li.', list: ['Erika'] }),
    ).toEqual({
      text: `Max Example and ${ANOTHER_PERSON} Example met ${ANOTHER_PERSON}; Erikastraße, Li.`,
      list: [ANOTHER_PERSON],
    });
    expect(counts().otherPersons).toBe(3);
  });

  it('lose their names in the genitive as well', () => {
    const { deep } = redaction();
    expect(deep("Erikas Brief, Erika’s letter and Erika's aunt")).toBe(
      `${ANOTHER_PERSON} Brief, ${ANOTHER_PERSON} letter and ${ANOTHER_PERSON} aunt`,
    );
  });

  it('who works in the organisation is a number, the same throughout; the own account is said to be that', () => {
    const { deep } = redaction();
    expect(deep([{ by: 'miss-cm' }, { by: 'mr-cm' }, { by: 'miss-cm' }, { by: 'account-max' }])).toEqual([
      { by: 'staff-1' },
      { by: 'staff-2' },
      { by: 'staff-1' },
      { by: OWN_ACCOUNT },
    ]);
  });

  it('a name that only contains the own one, or shares it, is the name of somebody else', () => {
    const { naming } = redactor({ ownNames: ['Ali', 'Holm', 'Max Emil'], ownAccount: null, otherNames: [], staff: [] });
    expect(naming(['Natalie Schilling', 'Petra Holm', 'Herr A. Holm', 'Ali Max Holm', 'M. Holm'])).toEqual([
      ANOTHER_PERSON,
      ANOTHER_PERSON,
      'Herr A. Holm',
      'Ali Max Holm',
      'M. Holm',
    ]);
  });

  it('where people are named, every name but the own one goes, and what is no name stays', () => {
    const { naming } = redaction();
    expect(naming(['Max Example', 'A witness'])).toEqual(['Max Example', ANOTHER_PERSON]);
    expect(naming({ kind: 'guardian', name: 'Somebody', personId: null })).toEqual({
      kind: 'guardian',
      name: ANOTHER_PERSON,
      personId: null,
    });
  });
});
