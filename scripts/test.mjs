// Everything CI runs: lint, types, boundaries, contract, tests. Ends with the line "N passed, N failed".
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const run = (name, command) =>
  new Promise((resolve) => {
    const started = Date.now();
    let output = '';
    const child = spawn(command, { shell: true, env: { ...process.env, FORCE_COLOR: '0' } });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (code !== 0 && name !== 'tests') console.log(output);
      resolve({ ok: code === 0, output });
    });
  });

const results = join(tmpdir(), `lotse-tests-${process.pid}.json`);
const flags = process.argv.slice(2).join(' ');
const steps = [
  ...(await Promise.all([run('lint', 'npm run --silent lint'), run('types', 'npm run --silent types')])),
  ...(await Promise.all([run('boundaries', 'npm run --silent boundaries'), run('build', 'npm run --silent build')])),
  await run('contract', 'npm run --silent contract:check'),
  await run('tests', `npm run --silent jest -- --json --outputFile=${results} ${flags}`),
];
const { ok: testsOk, output } = steps.pop();
let tests = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0, testResults: [] };
try {
  tests = JSON.parse(readFileSync(results, 'utf8'));
  rmSync(results);
} catch {
  console.log('The tests left no result.');
}
// What failed comes first: a log that is cut off still tells.
const faults = tests.testResults.filter(({ status }) => status === 'failed');
for (const { assertionResults } of faults)
  for (const { status, fullName } of assertionResults) if (status === 'failed') console.log(`FAILED ${fullName}`);
for (const { name, message } of faults) console.log(`\n${relative(process.cwd(), name)}\n${message}`);
if (!testsOk && faults.length === 0) console.log(output);
const stepsFailed = steps.filter(({ ok }) => !ok).length;
const failed =
  tests.numFailedTests + tests.numRuntimeErrorTestSuites + stepsFailed + (testsOk || tests.numFailedTests ? 0 : 1);
const passed = tests.numPassedTests + steps.length - stepsFailed;
const skipped = tests.numPendingTests > 0 ? `, ${tests.numPendingTests} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skipped}`);
process.exit(failed > 0 ? 1 : 0);
