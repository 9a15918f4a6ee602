'use strict';
/**
 * Objects for the benchmark of check, judged by all rules of a preset in a process of their own:
 *
 *   node check.js <preset> <objects>      of a JSON file, twice
 */
const { readFileSync } = require('node:fs');
const { check, ManifestSet } = require('seaworthy');
const { report, stopwatch } = require('./report');

const [preset, file] = process.argv.slice(2);
const lap = stopwatch();

const set = ManifestSet.of(JSON.parse(readFileSync(file, 'utf8')));
const load = lap();
// The first round compiles and reads schemas; the second is what a long process sees.
const findings = check(set, { preset });
const cold = lap();
check(set, { preset });
report({ load, cold, warm: lap(), findings: findings.length });
