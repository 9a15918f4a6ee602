'use strict';
/**
 * Objects for the benchmark of admission, judged:
 *
 *   node admit.js memory <objects>        of a JSON file, one after another, in a process of its own
 *   node admit.js files <folder>          each of a YAML file, as a command line would
 */
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { admit, ManifestSet } = require('seaworthy');
const { report, stopwatch } = require('./report');

const [from, path] = process.argv.slice(2);
const lap = stopwatch();

const count = (objects) => objects.filter((object) => admit(object).length > 0).length;

if (from === 'memory') {
  const objects = JSON.parse(readFileSync(path, 'utf8'));
  const load = lap();
  // The first round compiles and reads schemas; the second is what a long process sees.
  const refused = count(objects);
  const cold = lap();
  count(objects);
  report({ load, cold, warm: lap(), refused });
} else {
  let refused = 0;
  for (const name of readdirSync(path)) {
    const set = ManifestSet.parse(readFileSync(join(path, name), 'utf8'));
    refused += count(set.manifests.map(({ object }) => object));
  }
  report({ whole: lap(), refused });
}
