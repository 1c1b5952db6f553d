import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { type NewService, Service } from './service.entity';

const stamp = { by: 'network-manager', at: '2026-03-01T09:00:00.000Z' };
const providerId = '0190f3f0-0000-7000-8000-000000000001';
const list = (details: Partial<NewService> = {}) =>
  Service.list(providerId, { name: 'Debt advice', problemAreas: ['debt'], region: 'Köln', ...details }, stamp);
const faults = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
};

describe('NET-1 a service in the directory', () => {
  it('NET-1: a new service is active, and its capacity is not yet known', () => {
    const service = list();
    expect(service).toMatchObject({ status: 'active', freePlaces: null, waitingDays: null, confirmedOn: null });
    expect(service.pullEvents()).toEqual([
      { caseId: null, aggregateId: service.id, providerId, problemAreas: ['debt'], region: 'Köln', at: stamp.at },
    ]);
  });

  it('NET-1: a confirmation records free places and waiting time with its day', () => {
    const service = list();
    service.pullEvents();
    service.confirm({ freePlaces: 0, waitingDays: 28 }, { by: 'network-manager', at: '2026-04-02T21:00:00.000Z' });
    expect(service).toMatchObject({ freePlaces: 0, waitingDays: 28, confirmedOn: '2026-04-02' });
    expect(service.pullEvents()).toEqual([
      { caseId: null, aggregateId: service.id, freePlaces: 0, waitingDays: 28, on: '2026-04-02' },
    ]);
  });

  it('NET-1: a later confirmation may say that the capacity is no longer known', () => {
    const service = list();
    service.confirm({ freePlaces: 2, waitingDays: 7 }, stamp);
    service.confirm({ freePlaces: null, waitingDays: null }, { ...stamp, at: '2026-06-01T09:00:00.000Z' });
    expect(service).toMatchObject({ freePlaces: null, waitingDays: null, confirmedOn: '2026-06-01' });
  });

  it('NET-1: places of a service that no longer exists cannot be confirmed until it is offered again', () => {
    const service = list({ status: 'defunct' });
    expect(() => service.confirm({ freePlaces: 1, waitingDays: 0 }, stamp)).toThrow(
      expect.objectContaining({ code: 'service-defunct' } satisfies Partial<RuleBroken>),
    );
    service.change({ status: 'active' }, stamp);
    service.confirm({ freePlaces: 1, waitingDays: 0 }, stamp);
    expect(service.freePlaces).toBe(1);
  });

  it('NET-1: a price needs its amount and its unit', () => {
    expect(faults(() => list({ priceCents: 2500 }))).toEqual(['#/priceUnit price-incomplete']);
    expect(faults(() => list({ priceUnit: 'hour' }))).toEqual(['#/priceCents price-incomplete']);
    expect(list({ priceCents: 0, priceUnit: 'hour' }).priceCents).toBe(0);
  });

  it('NET-1: languages are given as codes, every wrong one is named', () => {
    expect(faults(() => list({ languages: ['de', 'German', 'pl', 'DE'] }))).toEqual([
      '#/languages/1 language-code',
      '#/languages/3 language-code',
    ]);
  });

  it('NET-1: opening hours are days with times, or said in words', () => {
    const schedules = [
      { description: 'by appointment' },
      { byday: ['MO' as const] },
      { byday: ['FR' as const], opensAt: '12:00', closesAt: '12:00' },
    ];
    expect(faults(() => list({ schedules }))).toEqual([
      '#/schedules/1 schedule-empty',
      '#/schedules/2/closesAt closes-before-opening',
    ]);
  });

  it('NET-1: a change keeps the confirmed capacity', () => {
    const service = list({ payer: 'municipality' });
    service.confirm({ freePlaces: 3, waitingDays: 5 }, stamp);
    service.change({ region: ' Bonn', payer: null }, stamp);
    expect(service).toMatchObject({
      region: ' Bonn',
      regionKey: 'bonn',
      payer: null,
      freePlaces: 3,
      confirmedOn: '2026-03-01',
    });
  });
});
