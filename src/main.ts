import 'reflect-metadata';
import { DatabaseRefused, StartRefused, boot } from './boot';
import { WrongSetting, readConfig } from './config';

async function main(): Promise<void> {
  const config = readConfig();
  console.log('Lotse is starting …');
  const running = await boot(config);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  // In one piece: whoever waits for the first line has the others too.
  console.log(
    [
      `Lotse listens on ${running.url}`,
      `API reference: ${running.url}/docs`,
      ...(running.localIssuer
        ? [
            `Get a token: curl -s -X POST ${running.url}/dev/token -H 'content-type: application/json' -d '{"user":"miss-cm"}'   (users: ${running.url}/dev/users)`,
          ]
        : []),
    ].join('\n'),
  );
}

function fail(error: unknown): never {
  const known = error instanceof WrongSetting || error instanceof DatabaseRefused || error instanceof StartRefused;
  console.error(known ? `Lotse cannot start: ${error.message}` : error);
  process.exit(1);
}

main().catch(fail);
