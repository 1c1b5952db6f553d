import { InvalidInput } from '../../../../shared/domain/errors';
import { NO_NEEDS } from './communication';
import { Person } from './person.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const person = (more: object = {}) => Person.record({ familyName: 'X', ...more }, stamp);
const faultsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer, code }) => [pointer, code]);
  }
  return [];
};

describe('what is needed to understand one another', () => {
  it('CASE-1: is completed field by field, and cleared as a whole', () => {
    const found = person({ communication: { support: ['easy_language', 'reading_help'] } });
    expect(found.communication).toEqual({ ...NO_NEEDS, support: ['easy_language', 'reading_help'] });
    found.correct({ communication: { contactWays: ['letter'], support: null } }, stamp);
    expect(found.communication).toEqual({ ...NO_NEEDS, contactWays: ['letter'] });
    expect(found.identity.communication.contactWays).toEqual(['letter']);
    found.correct({ communication: null }, stamp);
    expect(found.communication).toEqual(NO_NEEDS);
  });

  it('CASE-1: every field that does not fit is named', () => {
    expect(
      faultsOf(() =>
        person({
          communication: {
            languageLevels: [
              { language: 'German', spoken: 'A2' },
              { language: 'pl', spoken: 'native' },
              { language: 'pl', spoken: 'B1' },
            ],
            interpreterLanguages: ['Polish'],
            contactTimes: [{ days: ['mon'], from: '12:00', until: '09:00' }],
          },
        }),
      ),
    ).toEqual([
      ['#/communication/languageLevels/0/language', 'language-tag'],
      ['#/communication/languageLevels/2/language', 'repeated'],
      ['#/communication/interpreterLanguages/0', 'language-tag'],
      ['#/communication/interpreterLanguages', 'interpreter-not-needed'],
      ['#/communication/contactTimes/0/until', 'ends-before-start'],
    ]);
  });

  it('CASE-1: an interpreter that is no longer needed goes with its languages', () => {
    const found = person({ interpreterNeeded: true, communication: { interpreterLanguages: ['gsg'] } });
    expect(faultsOf(() => found.correct({ interpreterNeeded: false }, stamp))).toEqual([
      ['#/communication/interpreterLanguages', 'interpreter-not-needed'],
    ]);
    found.correct({ interpreterNeeded: false, communication: { interpreterLanguages: null } }, stamp);
    expect(found).toMatchObject({ interpreterNeeded: false, communication: NO_NEEDS });
  });

  it('CASE-1: a merge gives them to a survivor of whom none are known, and they go back with it', () => {
    const [survivor, duplicate] = [
      person(),
      person({ interpreterNeeded: true, communication: { interpreterLanguages: ['gsg'], support: ['sign_language'] } }),
    ];
    duplicate.mergeInto(survivor, 'Same', stamp);
    expect(survivor.communication.support).toEqual(['sign_language']);
    duplicate.unmergeFrom(survivor, [], { reason: 'Two', caseIds: [] }, stamp);
    expect(survivor).toMatchObject({ interpreterNeeded: false, communication: NO_NEEDS });
  });
});
