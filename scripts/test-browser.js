'use strict';
// The tests `*.browser.test.ts`: Chromium opens the pages that reports write. It is the one of SEAWORTHY_CHROMIUM, or of the
// system. With SEAWORTHY_PICTURES=folder, each page is photographed there as well. Options go to Jest.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const NO_BROWSER = `Chromium is missing, which these tests open pages with.
Install it (apt-get install chromium), or name it in SEAWORTHY_CHROMIUM.`;

function main() {
  const browser = process.env.SEAWORTHY_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (browser === undefined || !existsSync(browser)) throw new Error(NO_BROWSER);
  const given = process.argv.slice(2);
  const names = given.filter((argument) => !argument.startsWith('-'));
  const jest = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--runInBand',
      '--testTimeout',
      '120000',
      ...given.filter((argument) => argument.startsWith('-')),
      '--',
      ...(names.length === 0 ? ['\\.browser\\.test'] : names.map((name) => `${name}.*\\.browser\\.test`)),
    ],
    { env: { ...process.env, SEAWORTHY_CHROMIUM: browser }, stdio: 'inherit' },
  );
  return jest.status ?? 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
