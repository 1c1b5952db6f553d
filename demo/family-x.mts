import { parseArgs } from 'node:util';
import { assessment } from './chapters/assessment.mts';
import { ending } from './chapters/ending.mts';
import { audit, check, ownView } from './chapters/epilogue.mts';
import { family } from './chapters/family.mts';
import { house } from './chapters/house.mts';
import { intake } from './chapters/intake.mts';
import { linking } from './chapters/linking.mts';
import { monitoring } from './chapters/monitoring.mts';
import { planning } from './chapters/planning.mts';
import { together } from './chapters/together.mts';
import { type Instance, startInstance } from './instance.mts';
import { People } from './people.mts';
import { say, title, wrongMoves } from './tell.mts';

const HELP = `Plays the story of Family X through the HTTP API of Lotse and checks how it ends.

  npm run demo                                       an instance of its own, removed afterwards
  node demo/family-x.mts --url http://localhost:3000 a running instance; tokens from its /dev/token
  … --url https://… --token miss-cm=eyJ… --token …   where there is no local issuer; one token per person`;

/** The story from the first contact to the audit; every chapter takes what the ones before have left. */
async function familyX(url: string, tokens: ReadonlyMap<string, string>): Promise<void> {
  const began = performance.now();
  const people = await People.signIn(url, tokens);
  const places = await house(people);
  const persons = await family(people);
  const cases = await intake(people, persons);
  await together(cases, persons, places);
  const needs = await assessment(cases);
  const plans = await planning(cases, needs, persons, places);
  const referrals = await linking(people, cases, plans, places);
  await monitoring(cases, plans, referrals);
  await ending(cases, plans, referrals);
  await ownView(cases);
  const findings = await audit(people, cases);
  await check(cases, plans, referrals, findings);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(
    `${wrongMoves()} wrong moves were tried, and each was refused for the right reason. The story took ${seconds} seconds.`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, token: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(HELP);
  const tokens = new Map(
    (values.token ?? []).map((given) => [given.slice(0, given.indexOf('=')), given.slice(given.indexOf('=') + 1)]),
  );
  title(
    'Family X',
    'Two parents, two case managers, one family: the example of the European case management guideline.',
  );
  const own = values.url ? null : await ownInstance();
  try {
    await familyX((values.url ?? own!.url).replace(/\/$/, ''), tokens);
  } finally {
    await own?.stop();
  }
}

/** An instance of our own, that also goes when the story is interrupted, even while it starts. */
function ownInstance(): Promise<Instance> {
  say('A Lotse with an empty database starts …');
  const starting = startInstance();
  const goes = () => starting.then((instance) => instance.stop()).catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void goes().then(() => process.exit(130)));
  return starting;
}

main().catch((error: unknown) => {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  console.error(`\nThe story broke off: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`);
  process.exitCode = 1;
});
