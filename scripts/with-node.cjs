// Runs commands, separated by `&&`, on Node 24: this machine's where it is new enough, otherwise the one that `npm ci`
// brought (node_modules/node-<platform>-<arch>). npm 11 puts that one on the PATH by itself, npm 10 does not.
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { delimiter, dirname, join } = require('node:path');

const root = join(__dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 24 || (major === 24 && minor >= 9);
const system = process.platform === 'win32' ? 'win' : process.platform;
const brought = join(
  root,
  'node_modules',
  `node-${system}-${process.arch}`,
  'bin',
  system === 'win' ? 'node.exe' : 'node',
);
if (!isNewEnough && !existsSync(brought)) {
  console.error(
    `Node 24.9 or newer is needed; this is ${process.version}, and npm has brought none for ${system}-${process.arch}.`,
  );
  process.exit(1);
}
const node = isNewEnough ? process.execPath : brought;
const PATH = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);

const commands = [[]];
for (const word of process.argv.slice(2))
  if (word === '&&') commands.push([]);
  else commands.at(-1).push(word);
// What `npm run x -- more` adds belongs to the last command.
let child;
process.on('SIGINT', () => {}); // The terminal tells the child too; its exit ends us.
process.on('SIGTERM', () => child?.kill('SIGTERM'));

(async () => {
  for (const [command, ...args] of commands) {
    const code = await new Promise((resolve) => {
      child = spawn(command === 'node' ? node : command, args, {
        stdio: 'inherit',
        env: { ...process.env, PATH },
        shell: system === 'win',
      });
      child.on('error', (error) => {
        console.error(`${command}: ${error.message}`);
        resolve(1);
      });
      child.on('exit', (exit, signal) => resolve(exit ?? (signal === 'SIGINT' ? 130 : 1)));
    });
    if (code !== 0) process.exit(code);
  }
})();
