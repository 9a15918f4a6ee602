#!/usr/bin/env node
'use strict';
// The command line is a function; only here does it meet the process and its exit code.
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');

// A run is over in seconds. V8 would spend a quarter of its processor time on optimizing code that it hardly runs again:
// let it wait about seven times as long as by default (docs/performance.md). The flag has another name in each line of
// Node; an unknown one would be reported on stderr, so that other lines keep their default.
const PATIENCE = { 20: '--interrupt-budget=1000000', 22: '--invocation-count-for-turbofan=20000' };
const flag = PATIENCE[process.versions.node.split('.')[0]];
if (flag !== undefined) setFlagsFromString(flag);

const compiled = join(__dirname, '..', 'build', 'cli-main.js');
if (existsSync(compiled)) {
  const { keepCode } = require('../build/cli-child-keep-code.js');
  keepCode(process.env, dirname(compiled));
  const { ioOf, main } = require(compiled);
  main(process.argv.slice(2), ioOf(process)).then((code) => (process.exitCode = code));
} else {
  process.stderr.write('seaworthy is not compiled here yet: run npm run build\n');
  process.exitCode = 2;
}
