'use strict';
// Runs when a release gets its version: action.yml names the version that it runs.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { version } = require('../package.json');

const file = join(__dirname, '..', 'action.yml');
const text = readFileSync(file, 'utf8');
writeFileSync(file, text.replace(/(?<=\bseaworthy@)\d+\.\d+\.\d+[\w.-]*/g, version));
