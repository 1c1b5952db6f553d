import { InvalidInput } from '../../../shared/domain/errors';
import { Provider } from './provider.entity';

const stamp = { by: 'network-manager', at: '2026-03-01T09:00:00.000Z' };
const faults = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
};

describe('NET-1 a provider in the directory', () => {
  it('NET-1: listing an organisation says whether its help is informal, and nothing personal', () => {
    const provider = Provider.list({ name: 'Debt Advice Centre' }, stamp);
    expect(provider).toMatchObject({ informal: false, informalKind: null, contacts: [], payers: [] });
    expect(provider.pullEvents()).toEqual([{ caseId: null, aggregateId: provider.id, informal: false, at: stamp.at }]);
  });

  it('NET-1: informal help says which kind it is', () => {
    expect(faults(() => Provider.list({ name: 'Neighbours', informal: true }, stamp))).toEqual([
      '#/informalKind informal-kind-missing',
    ]);
    expect(Provider.list({ name: 'Neighbours', informal: true, informalKind: 'neighbourhood' }, stamp).informal).toBe(
      true,
    );
  });

  it('NET-1: an institution has no kind of informal help', () => {
    const institution = () => Provider.list({ name: 'Clinic', informalKind: 'self_help' }, stamp);
    expect(faults(institution)).toEqual(['#/informalKind informal-kind-of-institution']);
  });

  it('NET-1: every IK with a wrong check digit is named', () => {
    const identifiers = ['260326822', '260326820', '104212050'].map((identifier) => ({
      identifierType: 'IK' as const,
      identifier,
    }));
    expect(faults(() => Provider.list({ name: 'Clinic', identifiers }, stamp))).toEqual([
      '#/identifiers/1/identifier ik-invalid',
      '#/identifiers/2/identifier ik-invalid',
    ]);
  });

  it('NET-1: a change keeps what it does not name and empties what it sets to null', () => {
    const provider = Provider.list({ name: 'Clinic', legalForm: 'gGmbH', payers: ['health insurer'] }, stamp);
    provider.change({ legalForm: null, website: 'https://clinic.example' }, stamp);
    expect(provider).toMatchObject({
      name: 'Clinic',
      legalForm: null,
      website: 'https://clinic.example',
      payers: ['health insurer'],
    });
    provider.change({ payers: null }, stamp);
    expect(provider.payers).toEqual([]);
  });

  it('NET-1: informal help that becomes an institution gives up its kind', () => {
    const provider = Provider.list({ name: 'Circle', informal: true, informalKind: 'self_help' }, stamp);
    expect(faults(() => provider.change({ informal: false }, stamp))).toEqual([
      '#/informalKind informal-kind-of-institution',
    ]);
    provider.change({ informal: false, informalKind: null }, stamp);
    expect(provider.informal).toBe(false);
  });

  it('NET-1: names are compared without regard to case and blanks', () => {
    expect(Provider.list({ name: ' Caritas  KÖLN ' }, stamp).nameKey).toBe('caritas köln');
  });
});
