'use strict';
// The tests that look further than `npm test` has time for: the files `*.long.test.ts` (the action as GitHub runs it, the
// command line as a process, `--watch` for many seconds, every prop with and without its value, wrong values in every prop,
// hostile text in every field and format, the mutations of wiring, the programs on the pages through the compiler, whether
// the page of the API is as it is written), the whole of what `npm test` samples (test/effort.ts), property tests with many
// runs, through kubectl where it is installed, the writer killed 200 times, and the command line 150 times.
const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** The suites that look at a sample in `npm test`. */
const sampled = ['lib', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)))
  .filter((file) => /(?<!\.(?:long|live))\.test\.ts$/.test(file))
  .filter((file) => /^import .*\/effort';$/m.test(readFileSync(join(root, file), 'utf8')))
  .map((file) => file.replaceAll('\\', '/').replaceAll('.', '\\.'));

const suites = [
  [['\\.long\\.test', ...sampled].join('|'), { SEAWORTHY_LONG: '1' }],
  [
    'test/manifest/yaml',
    { SEAWORTHY_PROPERTY_RUNS: '4000', SEAWORTHY_PROPERTY_SEED: process.env.SEAWORTHY_PROPERTY_SEED ?? '7' },
  ],
  ['test/cel/fuzz', { SEAWORTHY_PROPERTY_RUNS: '2000' }],
  ['test/upgrade/stretches', { SEAWORTHY_PROPERTY_RUNS: '2000' }],
  ['test/output/kill', { SEAWORTHY_KILLS: '200' }],
  // 500 take four minutes on two cores: SEAWORTHY_CLI_KILLS=500 npm run test:long.
  ['test/cli/kill', { SEAWORTHY_CLI_KILLS: process.env.SEAWORTHY_CLI_KILLS ?? '150' }],
];
for (const [suite, env] of suites) {
  const jest = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), suite, '--testTimeout', '600000'],
    {
      env: { ...process.env, ...env },
      stdio: 'inherit',
    },
  );
  if (jest.status !== 0) process.exitCode = 1;
}
