import { canonical, evidenceOf, masked, readIdentifiers } from './person.identifiers';

const read = (given: { system: string; value: string }[], onRecord: { system: string; value: string }[] = []) =>
  readIdentifiers(given, onRecord, '#/identifiers');

describe('identifiers of a person', () => {
  it('CASE-1: known systems are stored without separators in capitals, others as they are written', () => {
    expect(canonical({ system: 'KVNR ', value: 'a 123 456-780' })).toEqual({ system: 'kvnr', value: 'A123456780' });
    expect(canonical({ system: 'http://fhir.de/sid/gkv/kvid-10', value: 'A123456780' }).system).toBe('kvnr');
    expect(canonical({ system: 'bg_number', value: '12345//0001234 ' }).value).toBe('12345//0001234');
    expect(canonical({ system: 'urn:hospital', value: 'p 4711' })).toEqual({ system: 'urn:hospital', value: 'p 4711' });
  });

  it('CASE-1: answers show the last three characters only, and nothing of a short one', () => {
    expect(masked({ system: 'kvnr', value: 'A123456780' }).value).toBe('••••780');
    expect(masked({ system: 'urn:hospital', value: '0815' }).value).toBe('••••');
  });

  it('CASE-1: every wrong identifier is named, where it stands', () => {
    const { faults } = read([
      { system: 'kvnr', value: 'A123456789' },
      { system: 'rvnr', value: '15070649C104' },
      { system: 'ik', value: '1' },
      { system: 'steuer-id', value: '12345678903' },
      { system: 'customer_number', value: '123A456789' },
      { system: 'CUSTOMER_NUMBER', value: '123 a 456789' },
      { system: 'insurance_number', value: ' ' },
    ]);
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/identifiers/0/value', 'identifier-invalid'],
      ['#/identifiers/1/value', 'identifier-invalid'],
      ['#/identifiers/2/value', 'identifier-invalid'],
      ['#/identifiers/3/system', 'tax-number-refused'],
      ['#/identifiers/5', 'repeated'],
      ['#/identifiers/6/value', 'identifier-invalid'],
    ]);
  });

  it('CASE-1: what comes back masked stands for the one on record, and for no other', () => {
    const onRecord = [
      { system: 'kvnr', value: 'A123456780' },
      { system: 'urn:a', value: '1' },
      { system: 'urn:a', value: '2' },
    ];
    expect(read([{ system: 'kvnr', value: '••••780' }], onRecord)).toEqual({ identifiers: [onRecord[0]], faults: [] });
    for (const wrong of [
      { system: 'kvnr', value: '••••781' },
      { system: 'urn:a', value: '••••' },
      { system: 'urn:b', value: '••••780' },
    ])
      expect(read([wrong], onRecord).faults).toMatchObject([
        { pointer: '#/identifiers/0/value', code: 'masked-value' },
      ]);
  });

  it('CASE-1: nobody is found by the pension number, and a household number does not make one person of two', () => {
    const evidence = (system: string) => evidenceOf({ system, value: 'x' });
    expect(['rvnr', 'ik', 'bg_number', 'kvnr', 'urn:hospital'].map(evidence)).toEqual([
      'none',
      'none',
      'household',
      'person',
      'person',
    ]);
  });
});
