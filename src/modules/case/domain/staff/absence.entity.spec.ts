import type { InvalidInput } from '../../../../shared/domain/errors';
import { AbsenceNoted, AbsenceRecalled } from '../../events';
import { Absence } from './absence.entity';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const span = { fromOn: '2026-03-09', untilOn: '2026-03-20' };
const deputies = { deputy: 'mr-cm', deputyBy: 'named' as const, cases: [{ caseId: 'c1', deputy: 'mrs-cm' }] };
const noted = () => Absence.note('miss-cm', span, deputies, stamp);
const pointersOf = (work: () => unknown) => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as InvalidInput).faults.map(({ pointer }) => pointer);
  }
};

it('CASE-7: an absence names who stands in, in general and in single cases', () => {
  const found = noted();
  expect(found).toMatchObject({ status: 'noted', deputy: 'mr-cm', caseDeputies: [{ caseId: 'c1', deputy: 'mrs-cm' }] });
  expect(found.pullEvents()).toEqual([
    new AbsenceNoted(found.id, 'miss-cm', '2026-03-09', '2026-03-20', ['mr-cm', 'mrs-cm'], stamp.at),
  ]);
});

it('CASE-7: it does not end before it begins or in the past, and nobody stands in for themselves', () => {
  const put = (days: object, others: object = {}) =>
    pointersOf(() => Absence.note('miss-cm', { ...span, ...days }, { ...deputies, ...others }, stamp));
  expect(put({ untilOn: '2026-03-08' })).toEqual(['#/untilOn']);
  expect(put({ fromOn: '2026-02-01', untilOn: '2026-03-01' })).toEqual(['#/untilOn']);
  expect(put({ fromOn: '2026-02-01', untilOn: '2026-03-02' })).toEqual([]);
  const cases = [
    { caseId: 'c1', deputy: 'miss-cm' },
    { caseId: 'c1', deputy: 'mr-cm' },
  ];
  expect(put({}, { deputy: 'miss-cm', cases })).toEqual(['#/deputy', '#/cases/0/deputy', '#/cases/1/caseId']);
});

it('CASE-7: it may take longer, is recalled once, and is over after its last day', () => {
  const found = noted();
  found.change({ ...span, untilOn: '2026-03-27' }, { ...deputies, cases: [] }, stamp);
  expect(found).toMatchObject({ untilOn: '2026-03-27', caseDeputies: [] });
  expect(() => noted().recall({ by: 'miss-cm', at: '2026-03-21T00:00:00.000Z' })).toThrow('absence-over');
  found.pullEvents();
  found.recall(stamp);
  expect(found.pullEvents()).toEqual([new AbsenceRecalled(found.id, 'miss-cm', stamp.at)]);
  expect(() => found.recall(stamp)).toThrow('absence-over');
  expect(() => found.change(span, deputies, stamp)).toThrow('absence-over');
});
