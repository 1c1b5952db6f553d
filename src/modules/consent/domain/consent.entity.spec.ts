import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { ConsentGiven, ConsentWithdrawn } from '../events';
import { Consent } from './consent.entity';
import { type ConsentTerms, ageGroupOf } from './consent-terms';

const stamp = { by: 'miss-cm', at: '2026-03-01T09:00:00.000Z' };
const clinic = { kind: 'organisation' as const, id: 'clinic', name: 'Clinic' };
const debtAdvice = { kind: 'organisation' as const, id: 'debt-advice', name: 'Debt advice' };
const terms = (more: Partial<ConsentTerms> = {}): ConsentTerms => ({
  personId: 'mr-x',
  kind: 'disclosure',
  purpose: 'referral',
  categories: ['identity', 'health'],
  recipients: [clinic, debtAdvice],
  form: 'written',
  language: 'de',
  textVersion: 'release-1',
  givenBy: { kind: 'client', name: 'Mr X' },
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'sheet 1' },
  ...more,
});
const given = (more: Partial<ConsentTerms> = {}) => {
  const consent = Consent.give('case', terms(more), stamp);
  consent.pullEvents();
  return consent;
};
const faults = (more: Partial<ConsentTerms>): string[] => {
  try {
    Consent.give('case', terms(more), stamp);
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return [];
};
const codeOf = (work: () => void) => {
  try {
    work();
  } catch (error) {
    return error instanceof RuleBroken
      ? error.code
      : (error as InvalidInput).faults.map((f) => `${f.pointer} ${f.code}`);
  }
  return null;
};
const passes = (consent: Consent, recipient = clinic, category = 'health', purpose = 'referral', day = '2026-03-01') =>
  consent.reasonAgainstPassing(recipient, category, purpose, day);

describe('Consent', () => {
  it('CONS-7: another one takes over when it carries all that is left, without a gap and longer', () => {
    const ending = () => given({ validUntil: '2026-06-30' });
    const open = given();
    expect([open.endsOn, ending().endsOn]).toEqual([null, '2026-06-30']);
    expect(open.takesOverFrom(ending())).toBe(true);
    expect(ending().takesOverFrom(open)).toBe(false);
    expect(ending().takesOverFrom(ending())).toBe(false);
    expect(given({ validFrom: '2026-07-01' }).takesOverFrom(ending())).toBe(true);
    for (const other of [
      { validFrom: '2026-07-02' },
      { personId: 'miss-x' },
      { purpose: 'coordination' as const },
      { categories: ['identity' as const] },
      { recipients: [clinic] },
    ])
      expect(given(other).takesOverFrom(ending())).toBe(false);
    const part = ending();
    part.withdraw({ recipientIds: ['debt-advice'] }, stamp);
    expect(given({ recipients: [clinic] }).takesOverFrom(part)).toBe(true);
    open.withdraw({ categories: ['health'] }, stamp);
    expect(open.takesOverFrom(ending())).toBe(false);
    open.withdraw({}, stamp);
    expect([open.endsOn, open.takesOverFrom(ending())]).toEqual([null, false]);
    const taking = (more: Partial<ConsentTerms>) =>
      given({ kind: 'participation', purpose: 'case_management', categories: [], recipients: [], ...more });
    expect(taking({}).takesOverFrom(taking({ validUntil: '2026-06-30' }))).toBe(true);
  });

  it('CONS-1: a release names what may go to whom, what for and until when', () => {
    const consent = Consent.give('case', terms({ validUntil: '2026-12-31' }), stamp);
    expect(consent.pullEvents()).toEqual([
      new ConsentGiven(
        consent.id,
        'case',
        'disclosure',
        'referral',
        ['identity', 'health'],
        ['clinic', 'debt-advice'],
        '2026-03-01',
        '2026-12-31',
        stamp.at,
        'mr-x',
      ),
    ]);
    expect(consent.obtainedBy).toBe('miss-cm');
  });

  it('CONS-1: participation names no recipients, a release names at least one and what it is about', () => {
    expect(faults({ kind: 'participation' })).toEqual(['#/recipients recipients-not-expected']);
    expect(faults({ kind: 'participation', recipients: [], categories: [] })).toEqual([]);
    expect(faults({ recipients: [], categories: [] })).toEqual([
      '#/categories categories-missing',
      '#/recipients recipients-missing',
    ]);
    expect(faults({ recipients: [clinic, clinic] })).toEqual(['#/recipients/1/id recipient-named-twice']);
  });

  it('CONS-1: an oral consent needs a witness, and does not cover health data without special circumstances', () => {
    expect(faults({ form: 'oral_with_witness', categories: ['contact'] })).toEqual(['#/witness witness-missing']);
    expect(faults({ form: 'oral_with_witness', witness: 'Nurse' })).toEqual(['#/form health-data-in-writing']);
    expect(
      faults({
        form: 'oral_with_witness',
        witness: 'Nurse',
        specialCircumstances: 'cannot hold a pen after the stroke',
      }),
    ).toEqual([]);
  });

  it('CONS-1: consequences and the right to withdraw are explained before a consent counts', () => {
    expect(faults({ consequencesExplained: false, withdrawalExplained: false })).toEqual([
      '#/consequencesExplained not-explained',
      '#/withdrawalExplained not-explained',
    ]);
  });

  it('CONS-1: it cannot end before it begins', () => {
    expect(faults({ validUntil: '2026-02-28' })).toEqual(['#/validUntil ends-before-start']);
    expect(faults({ validFrom: '2026-04-01', validUntil: '2026-04-01' })).toEqual([]);
  });

  it('CONS-1: under 14 a guardian consents, from 14 to 17 both, from 18 the client or a representative', () => {
    const client = { kind: 'client' as const, name: 'Son' };
    const guardian = { kind: 'guardian' as const, name: 'Mr X', basis: 'custody' };
    const representative = { kind: 'representative' as const, name: 'Ms B', basis: 'court order' };
    const child = '2016-03-01';
    const youth = '2012-03-01';
    const adult = '2008-03-01';
    expect(faults({ personBirthDate: child, givenBy: client })).toEqual(['#/givenBy/kind guardian-required']);
    expect(faults({ personBirthDate: child, givenBy: guardian })).toEqual([]);
    expect(faults({ personBirthDate: youth, givenBy: client })).toEqual(['#/alsoBy both-required']);
    expect(faults({ personBirthDate: youth, givenBy: guardian, alsoBy: client })).toEqual([]);
    expect(faults({ personBirthDate: adult, givenBy: guardian })).toEqual(['#/givenBy/kind adult-consents']);
    expect(faults({ personBirthDate: adult, givenBy: representative })).toEqual([]);
    expect(faults({ personBirthDate: '2026-03-02' })).toEqual(['#/personBirthDate in-the-future']);
  });

  it('CONS-1: whoever consents for another says on what basis', () => {
    expect(faults({ givenBy: { kind: 'representative', name: 'Ms B' } })).toEqual(['#/givenBy/basis basis-missing']);
  });

  it('CONS-1: the age changes on the birthday', () => {
    expect(ageGroupOf('2012-03-02', '2026-03-01')).toBe('guardian_alone');
    expect(ageGroupOf('2012-03-01', '2026-03-01')).toBe('together');
    expect(ageGroupOf('2008-03-02', '2026-03-01')).toBe('together');
    expect(ageGroupOf('2008-03-01', '2026-03-01')).toBe('adult');
    expect(ageGroupOf('2008-02-29', '2026-02-28')).toBe('together');
    expect(ageGroupOf(undefined, '2026-03-01')).toBe('unchecked');
  });

  it('CONS-3: data may go to the named recipient for the named purpose within the period, and nowhere else', () => {
    const consent = given({ validFrom: '2026-03-01', validUntil: '2026-06-30' });
    expect(passes(consent)).toBeNull();
    expect(passes(consent, { ...clinic, id: 'other' })).toBe('no-consent');
    expect(passes(consent, { ...clinic, kind: 'person' as never })).toBe('no-consent');
    expect(passes(consent, clinic, 'finances')).toBe('no-consent');
    expect(passes(consent, clinic, 'health', 'conference')).toBe('other-purpose');
    expect(passes(consent, clinic, 'health', 'referral', '2026-02-28')).toBe('not-yet-valid');
    expect(passes(consent, clinic, 'health', 'referral', '2026-06-30')).toBeNull();
    expect(passes(consent, clinic, 'health', 'referral', '2026-07-01')).toBe('expired');
  });

  it('CONS-3: consent to processing never lets data leave', () => {
    expect(passes(given({ kind: 'data_processing' }))).toBe('no-consent');
  });

  it('CONS-2: withdrawn as a whole it carries nothing any more', () => {
    const consent = given();
    consent.withdraw({ reason: 'changed my mind' }, stamp);
    expect(consent.pullEvents()).toEqual([
      new ConsentWithdrawn(
        consent.id,
        'case',
        'disclosure',
        true,
        ['clinic', 'debt-advice'],
        ['identity', 'health'],
        stamp.at,
        'mr-x',
      ),
    ]);
    expect(passes(consent)).toBe('withdrawn');
    expect(codeOf(() => consent.withdraw({}, stamp))).toBe('consent-already-withdrawn');
  });

  it('CONS-2: withdrawn for one recipient and one category the rest stays', () => {
    const consent = given();
    consent.withdraw({ recipientIds: ['clinic'], categories: ['health'] }, stamp);
    expect(consent.pullEvents()).toEqual([
      new ConsentWithdrawn(consent.id, 'case', 'disclosure', false, ['clinic'], ['health'], stamp.at, 'mr-x'),
    ]);
    expect([passes(consent), passes(consent, clinic, 'identity'), passes(consent, debtAdvice)]).toEqual([
      'withdrawn',
      null,
      null,
    ]);
    expect(codeOf(() => consent.withdraw({ recipientIds: ['clinic'], categories: ['health'] }, stamp))).toBe(
      'consent-already-withdrawn',
    );
  });

  it('CONS-2: once the last part is withdrawn, the whole is', () => {
    const consent = given();
    consent.withdraw({ recipientIds: ['clinic'] }, stamp);
    consent.withdraw({ categories: ['identity'] }, stamp);
    consent.pullEvents();
    consent.withdraw({ categories: ['health'] }, stamp);
    expect(consent.pullEvents()).toMatchObject([{ whole: true }]);
    expect(consent.reasonAgainst('2026-03-01')).toBe('withdrawn');
  });

  it('CONS-2: only what the consent names can be withdrawn, and participation only as a whole', () => {
    expect(codeOf(() => given().withdraw({ recipientIds: ['clinic', 'x'], categories: ['journal'] }, stamp))).toEqual([
      '#/recipientIds/1 not-in-consent',
      '#/categories/0 not-in-consent',
    ]);
    const participation = given({ kind: 'participation', recipients: [], categories: ['identity'] });
    expect(codeOf(() => participation.withdraw({ categories: ['identity'] }, stamp))).toEqual([
      '#/categories participation-is-whole',
    ]);
    participation.withdraw({}, stamp);
    expect(participation.pullEvents()).toMatchObject([{ kind: 'participation', whole: true }]);
  });
});

describe('CONS-1: who consents for a child', () => {
  const child = { birthDate: '2016-05-01', guardians: [{ personId: 'mother', scope: 'health, residence' }] };
  const by = (giver: object, subject = child, more: Partial<ConsentTerms> = {}) =>
    Consent.give('case', terms({ givenBy: { kind: 'guardian', name: 'Miss X', ...giver }, ...more }), stamp, subject);

  it('CONS-1: a guardian whom the person system records, on the scope that is recorded', () => {
    expect(by({ personId: 'mother' })).toMatchObject({
      ageGroup: 'guardian_alone',
      givenBy: { personId: 'mother', basis: 'health, residence' },
    });
    expect(by({ personId: 'mother', basis: 'court order' }).givenBy.basis).toBe('court order');
  });

  it('CONS-1: nobody else, as soon as guardians are recorded', () => {
    expect(codeOf(() => by({ basis: 'custody' }))).toEqual(['#/givenBy/personId guardian-not-recorded']);
    expect(codeOf(() => by({ personId: 'aunt', basis: 'custody' }))).toEqual([
      '#/givenBy/personId guardian-not-recorded',
    ]);
    expect(codeOf(() => by({ personId: 'mother', kind: 'representative', basis: 'power of attorney' }))).toContain(
      '#/givenBy/personId guardian-not-recorded',
    );
  });

  it('CONS-1: where none is recorded, whoever names the basis', () => {
    const unrecorded = { ...child, guardians: [] };
    expect(by({ basis: 'custody' }, unrecorded).ageGroup).toBe('guardian_alone');
    expect(codeOf(() => by({ personId: 'mother', basis: 'custody' }, unrecorded))).toEqual([
      '#/givenBy/personId guardian-not-recorded',
    ]);
  });

  it('CONS-1: the birth date on record decides, not the one that is told', () => {
    expect(by({ personId: 'mother' }, child, { personBirthDate: '1990-01-01' }).ageGroup).toBe('guardian_alone');
    expect(codeOf(() => by({ kind: 'client' }, child, { personBirthDate: '1990-01-01' }))).toEqual([
      '#/givenBy/kind guardian-required',
    ]);
  });
});
