'use strict';
// Runs before a release: package.json says OWNER until the repository has its public address.
const { repository, homepage, bugs } = require('../package.json');

if (/\bOWNER\b/.test([repository.url, homepage, bugs].join(' '))) {
  process.stderr.write('package.json: replace OWNER in repository, homepage and bugs before publishing\n');
  process.exitCode = 1;
}
