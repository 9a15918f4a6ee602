'use strict';
/** All manifests of folders, read and no more: node parse.js <folder…> */
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ManifestSet } = require('seaworthy');
const { report, stopwatch } = require('./report');

const lap = stopwatch();
let objects = 0;
for (const folder of process.argv.slice(2))
  for (const name of readdirSync(folder))
    objects += ManifestSet.parse(readFileSync(join(folder, name), 'utf8')).size;
report({ whole: lap(), objects });
