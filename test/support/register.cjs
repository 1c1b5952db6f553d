// Lets a child process run TypeScript the way Jest does: node -r ./test/support/register.cjs program.ts
// (With --import, Node would read the program as an ES module.) What is compiled is kept for the next child.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const [, options] = require('../../jest.config.cjs').transform['^.+\\.ts$'];

const kept = join(__dirname, '../../node_modules/.cache/lotse-children');
mkdirSync(kept, { recursive: true });
Module.enableCompileCache(join(kept, 'compiled'));

Module._extensions['.ts'] = (module, filename) => {
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update(JSON.stringify(options)).update(filename).update(source).digest('hex');
  module._compile(transformed(join(kept, `${key}.js`), source, filename), filename);
};

function transformed(file, source, filename) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { ...options, filename });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
    return code;
  }
}
