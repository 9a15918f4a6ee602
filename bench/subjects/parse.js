'use strict';
/** All manifests of a folder, read and no more: node parse.js <folder> */
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ManifestSet } = require('seaworthy');
const { report, stopwatch } = require('./report');

const lap = stopwatch();
let objects = 0;
for (const name of readdirSync(process.argv[2])) {
  objects += ManifestSet.parse(readFileSync(join(process.argv[2], name), 'utf8')).size;
}
report({ whole: lap(), objects });
