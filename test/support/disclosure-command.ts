import fc from 'fast-check';
import type { Purpose } from './disclosure-oracle';
import { type Model, type World, same } from './disclosure-world';
import type { Reply } from './lotse';

export type Command = fc.AsyncCommand<Model, World>;
/** One step, called by what it is; afterwards everything that can be seen is held against the model. */
export const command = (name: string, run: (model: Model, real: World) => Promise<void>): Command => ({
  check: () => true,
  run: async (model, real) => {
    await run(model, real);
    await real.audit(model);
  },
  toString: () => name,
});
/** Whether the answer is a yes, and whether it had to be. */
export function expectAnswer(what: string, reply: Reply, allowed: boolean): boolean {
  const given = reply.status < 300;
  const said = (yes: boolean) => `${what}: ${yes ? 'done' : 'refused'}`;
  if (given !== allowed) same(`${said(given)} with ${reply.status} ${JSON.stringify(reply.body)}`, given, allowed);
  return given;
}
export const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)];

export const index = fc.nat({ max: 7 });
export const purpose = fc.constantFrom<Purpose>('referral', 'referral', 'coordination', 'conference', 'joint_steering');
export const of = fc.constantFrom<'client' | 'child'>('client', 'client', 'client', 'client', 'child');
/** Of a list, by a bit mask; all of it where the mask names nothing. */
export const some = <T>(list: readonly T[], mask: number): T[] => {
  const chosen = list.filter((_, i) => mask & (1 << i));
  return chosen.length > 0 ? chosen : [...list];
};
export const mask = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 7 }) });
export const days = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
