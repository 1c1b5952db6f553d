import fc from 'fast-check';
import { type CaseMerge, follow, goBack } from './case-merges';
import type { Member } from './case.values';

const member = (personId: string, guardianIds: string[] = []) => ({ personId, guardianIds }) as unknown as Member;
type Concerned = { personId: string; members: Member[] };

describe('what a case says of merged persons', () => {
  it('CASE-1: client, members and guardians follow, and go back', () => {
    const found: Concerned = { personId: 'b', members: [member('c', ['b', 'd']), member('d')] };
    const before = structuredClone(found);
    const memory = follow(found, { mergeId: 'm', merged: 'b', survivor: 'a' })!;
    expect(memory).toMatchObject({ client: true, shared: false, members: [], guarded: [{ member: 0 }] });
    expect(found).toEqual({ personId: 'a', members: [member('c', ['a', 'd']), member('d')] });
    goBack(found, memory, 'b');
    expect(found).toEqual(before);
  });

  it('CASE-1: what is said of the survivor since stays with the survivor where both belong to the case', () => {
    const found: Concerned = { personId: 'a', members: [member('b'), member('c')] };
    const memory = follow(found, { mergeId: 'm', merged: 'b', survivor: 'a' })!;
    expect(memory.shared).toBe(true);
    found.members[1]!.guardianIds = ['a'];
    goBack(found, memory, 'b');
    expect(found).toEqual({ personId: 'a', members: [member('b'), member('c', ['a'])] });
  });

  it('CASE-1: guardians that were changed since keep the change', () => {
    const found: Concerned = {
      personId: 'k',
      members: [member('c', ['b', 'a']), member('b'), member('a'), member('e')],
    };
    const memory = follow(found, { mergeId: 'm', merged: 'b', survivor: 'a' })!;
    found.members[0]!.guardianIds = ['a', 'e'];
    goBack(found, memory, 'b');
    expect(found.members[0]!.guardianIds).toEqual(['a', 'e', 'b']);
  });

  it('CASE-1: any merges that are taken back in reverse order leave the case as it was', () => {
    const who = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(
        who,
        fc.array(fc.tuple(who, fc.uniqueArray(who)), { maxLength: 5 }),
        fc.array(fc.tuple(who, who), { maxLength: 4 }),
        (client, members, merges) => {
          const found: Concerned = {
            personId: client,
            members: members.map(([id, guardians]) => member(id, guardians)),
          };
          const before = structuredClone(found);
          const done = merges
            .filter(([merged, survivor]) => merged !== survivor)
            .map(([merged, survivor], i): [CaseMerge | null, string] => [
              follow(found, { mergeId: String(i), merged, survivor }),
              merged,
            ]);
          for (const [memory, merged] of done.reverse()) if (memory) goBack(found, memory, merged);
          expect(found).toEqual(before);
        },
      ),
    );
  });
});
