'use strict';
// The tests `*.controllers.test.ts`: Argo CD, Flux and a registry, as a Go program that holds their code, read what synth
// writes. Go builds it from test/gitops/controllers when that has changed. Options go to Jest.
const { spawnSync } = require('node:child_process');
const { resolve } = require('node:path');
const { buildGo } = require('./go/build');

const NO_GO = `Go is missing: it builds the code of Argo CD and Flux that these tests run.
Install Go 1.26 or later (https://go.dev/dl).`;

function main() {
  const program = buildGo('controllers', {
    source: resolve(__dirname, '../test/gitops/controllers'),
    flags: ['-ldflags=-s -w'],
    missing: NO_GO,
    remark: 'building the code of Argo CD and Flux: this takes some minutes on two cores the first time',
    // Argo CD needs a newer Go than many have, which Go itself fetches as a module.
    env: { GOTOOLCHAIN: 'auto' },
  });
  const jest = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--testTimeout',
      '120000',
      ...process.argv.slice(2),
      '--',
      '\\.controllers\\.test',
    ],
    { env: { ...process.env, SEAWORTHY_TEST_CONTROLLERS: program }, stdio: 'inherit' },
  );
  return jest.status ?? 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
