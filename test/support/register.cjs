// Lets a child process run TypeScript the way Jest does: node -r ./test/support/register.cjs program.ts
// (With --import, Node would read the program as an ES module.)
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');
const [, options] = require('../../jest.config.cjs').transform['^.+\\.ts$'];

Module._extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
