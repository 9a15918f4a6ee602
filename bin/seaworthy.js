#!/usr/bin/env node
'use strict';
// The command line is a function; only here does it meet the process and its exit code.
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const compiled = join(__dirname, '..', 'build', 'cli-main.js');
if (existsSync(compiled)) {
  const { cacheFolder } = require('../build/cli-child-cache.js');
  // Node 22 and later keep compiled code between runs.
  const cache = enableCompileCache && cacheFolder(process.env);
  if (cache) enableCompileCache(join(cache, 'node'));
  const { ioOf, main } = require(compiled);
  main(process.argv.slice(2), ioOf(process)).then((code) => (process.exitCode = code));
} else {
  process.stderr.write('seaworthy is not compiled here yet: run npm run build\n');
  process.exitCode = 2;
}
