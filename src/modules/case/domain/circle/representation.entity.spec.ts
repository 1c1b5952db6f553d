import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { Representation, type RepresentationTerms } from './representation.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const terms = (more: Partial<RepresentationTerms> = {}): RepresentationTerms => ({
  representativeId: 'guardian',
  kind: 'legal_guardianship',
  tasks: ['health'],
  validFrom: '2026-01-12',
  court: 'Amtsgericht Leipzig',
  fileNumber: '521 XVII 17/26',
  evidence: 'Order of 2026-01-12',
  ...more,
});
const record = (more: Partial<RepresentationTerms> = {}, birthDate: string | null = '1950-05-17') =>
  Representation.record({ id: 'person', birthDate }, terms(more), () => Buffer.from('sealed'), stamp);
const faultsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  return [];
};

describe('who may decide for a person', () => {
  it('CASE-1: is recorded with the matters; the court stays out of the event', () => {
    const event = record().pullEvents()[0];
    expect(event).toMatchObject({ personId: 'person', representativeId: 'guardian', tasks: ['health'] });
    expect(JSON.stringify(event)).not.toContain('XVII');
  });

  it.each<[string, Partial<RepresentationTerms>, string | null, string[]]>([
    ['nobody represents themselves', { representativeId: 'person' }, null, ['#/representativeId own-representative']],
    [
      'what a court ordered has court and file number',
      { court: null, fileNumber: null },
      null,
      ['#/court court-missing', '#/fileNumber file-number-missing'],
    ],
    ['a power of attorney needs no court', { kind: 'power_of_attorney', tasks: ['general'], court: null }, null, []],
    ['a court names each matter (BGB § 1815)', { tasks: ['health', 'general'] }, null, ['#/tasks/1 task-not-named']],
    [
      'adults are under nobody’s custody',
      { kind: 'parental_custody', tasks: ['personal_care'] },
      '1950-05-17',
      ['#/kind adult-has-no-custody'],
    ],
    [
      'children are under custody',
      { kind: 'parental_custody', tasks: ['personal_care'], court: null },
      '2015-01-01',
      [],
    ],
    ['children have no legal guardian of adults', {}, '2015-01-01', ['#/kind minor-has-no-legal-guardianship']],
    [
      'custody is care of the person and of property',
      { kind: 'parental_custody', tasks: ['mail'] },
      '2015-01-01',
      ['#/tasks/0 task-does-not-fit'],
    ],
    [
      'spouses represent each other for six months in health (BGB § 1358)',
      { kind: 'spouse_emergency', tasks: ['health', 'finances'], validUntil: '2026-08-01' },
      null,
      ['#/tasks/1 health-only', '#/validUntil six-months-at-most'],
    ],
    [
      'consent is reserved by a court only (BGB § 1825)',
      { kind: 'power_of_attorney', consentReserved: true },
      null,
      ['#/consentReserved reservation-needs-guardianship'],
    ],
    ['it does not end before it begins', { validUntil: '2026-01-11' }, null, ['#/validUntil ends-before-start']],
  ])('CONS-1: %s', (_, more, birthDate, faults) => expect(faultsOf(() => record(more, birthDate))).toEqual(faults));

  it('CASE-1: ends once, within its time', () => {
    const found = record({ validUntil: '2026-12-31' });
    expect(faultsOf(() => found.end('2026-03-03', 'lifted', stamp))).toEqual(['#/on end-out-of-range']);
    expect(faultsOf(() => found.end('2026-01-11', 'lifted', stamp))).toEqual(['#/on end-out-of-range']);
    found.end('2026-03-01', 'lifted', stamp);
    expect(found.validUntil).toBe('2026-03-01');
    expect(() => found.end('2026-03-01', 'again', stamp)).toThrow(RuleBroken);
  });
});
