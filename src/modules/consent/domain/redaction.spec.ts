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
    expect(deep({ text: 'Max Example and ERIKA Example met Mrs Neighbour; Erikas Li.', list: ['Erika'] })).toEqual({
      text: `Max Example and ${ANOTHER_PERSON} Example met ${ANOTHER_PERSON}; Erikas Li.`,
      list: [ANOTHER_PERSON],
    });
    expect(counts().otherPersons).toBe(3);
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
