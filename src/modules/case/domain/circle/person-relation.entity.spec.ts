import { InvalidInput, RuleBroken } from '../../../../shared/domain/errors';
import { PersonRelationEnded, PersonRelationRevoked, PersonsRelated } from '../../events';
import { type KnownRelation, PersonRelation } from './person-relation.entity';
import { FAMILY_KINDS, RELATION_KINDS, type RelationKind, contradict, inverseOf } from './person-relation.words';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const miss = { id: 'miss-x', birthDate: '1975-04-12' };
const son = { id: 'son', birthDate: '2012-01-05' };
type Terms = { kind?: RelationKind; validFrom?: string; validUntil?: string };
const relate = (terms: Terms = {}, known: KnownRelation[] = [], person = miss, other: typeof son = son) =>
  PersonRelation.record(person, other, { kind: 'child', ...terms }, known, stamp);
const known = (kind: RelationKind, validFrom: string | null = null, validUntil: string | null = null) => [
  { id: 'known', kind, validFrom, validUntil },
];
const outcome = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof RuleBroken
      ? error.code
      : (error as InvalidInput).faults.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  }
  return 'taken';
};

describe('how persons are related', () => {
  it('CASE-1: one record says it for both sides, and names nobody', () => {
    const relation = relate({ validFrom: '2012-01-05' });
    expect(relation.pullEvents()).toEqual([
      new PersonsRelated(relation.id, 'miss-x', 'son', 'child', '2012-01-05', null, stamp.at),
    ]);
    for (const kind of RELATION_KINDS) expect(inverseOf(inverseOf(kind))).toBe(kind);
    expect([inverseOf('child'), inverseOf('sibling'), inverseOf('emergency_contact')]).toEqual([
      'parent',
      'sibling',
      'emergency_contact_of',
    ]);
    for (const kind of FAMILY_KINDS) expect(FAMILY_KINDS).toContain(inverseOf(kind));
  });

  it.each<[string, () => unknown, string]>([
    [
      'nobody is related to themselves',
      () => relate({ kind: 'friend' }, [], miss, miss),
      '#/otherPersonId own-relation',
    ],
    ['a parent is older than the child', () => relate({ kind: 'parent' }), '#/kind generations-reversed'],
    ['so is a grandparent', () => relate({ kind: 'grandchild' }, [], son, miss), '#/kind generations-reversed'],
    ['a step-parent need not be', () => relate({ kind: 'step_parent' }), 'taken'],
    ['it does not begin in the future', () => relate({ validFrom: '2026-03-03' }), '#/validFrom starts-in-future'],
    [
      'it does not end before it begins',
      () => relate({ validFrom: '2012-01-05', validUntil: '2012-01-04' }),
      '#/validUntil ends-before-start',
    ],
    ['it is recorded once', () => relate({}, known('child')), 'relation-already-recorded'],
    [
      'it may be recorded for another time',
      () =>
        relate({ kind: 'foster_child', validFrom: '2025-01-01' }, known('foster_child', '2020-01-01', '2024-12-31')),
      'taken',
    ],
    ['a child is no sibling', () => relate({}, known('sibling')), 'relation-contradicts'],
    [
      'nobody is child and parent of the same person',
      () => relate({ kind: 'child' }, known('parent')),
      'relation-contradicts',
    ],
    ['grandparents may be foster parents', () => relate({ kind: 'foster_child' }, known('grandchild')), 'taken'],
    ['a spouse may be the emergency contact', () => relate({ kind: 'emergency_contact' }, known('spouse')), 'taken'],
    [
      'two may be each other’s emergency contact',
      () => relate({ kind: 'emergency_contact' }, known('emergency_contact_of')),
      'taken',
    ],
  ])('CASE-1: %s', (_, work, expected) => expect(outcome(work)).toBe(expected));

  it('CASE-1: what contradicts does so from both sides', () => {
    for (const one of RELATION_KINDS)
      for (const other of RELATION_KINDS) {
        expect(contradict(one, other)).toBe(contradict(other, one));
        expect(contradict(one, other)).toBe(contradict(inverseOf(one), inverseOf(other)));
      }
  });

  it('CASE-1: ends once, within its time; what was a mistake is revoked and stays on record', () => {
    const relation = relate({ kind: 'foster_child', validFrom: '2020-01-01' });
    relation.pullEvents();
    for (const on of ['2019-12-31', '2026-03-03'])
      expect(outcome(() => relation.end(on, stamp))).toBe('#/on end-out-of-range');
    relation.end('2026-03-01', stamp);
    expect(relation.validUntil).toBe('2026-03-01');
    expect(outcome(() => relation.end('2026-03-01', stamp))).toBe('relation-ended');
    relation.revoke('Another child of that name', stamp);
    expect(relation.pullEvents()).toEqual([
      new PersonRelationEnded(relation.id, 'miss-x', 'son', '2026-03-01', stamp.at),
      new PersonRelationRevoked(relation.id, 'miss-x', 'son', stamp.at),
    ]);
    expect(outcome(() => relation.revoke('Again', stamp))).toBe('relation-revoked');
    expect(outcome(() => relation.end('2026-03-01', stamp))).toBe('relation-revoked');
  });
});
