'use strict';
// The tests `*.live.test.ts`, on a Kubernetes control plane of their own, which Go builds from test/cluster/control-plane
// when that has changed; with SEAWORTHY_TEST_KUBECONFIG, on that cluster, which should be one to throw away.
// `npm run test:cluster -- status` runs the suites with such a name; options go to Jest.
const { spawnSync } = require('node:child_process');
const { startControlPlane } = require('./cluster/control-plane');

function test(kubeconfig, without = []) {
  const given = process.argv.slice(2);
  const names = given.filter((argument) => !argument.startsWith('-'));
  // Without controllers, the tests that need the API server alone.
  const suites = without.length === 0 ? '\\.live\\.test' : '\\.api\\.live\\.test';
  const jest = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--runInBand',
      '--testTimeout',
      '120000',
      '--setupFilesAfterEnv',
      require.resolve('../test/cluster/retry'),
      ...given.filter((argument) => argument.startsWith('-')),
      '--',
      // Jest runs what fits any of its patterns.
      ...(names.length === 0 ? [suites] : names.map((name) => `${name}.*${suites}`)),
    ],
    {
      env: { ...process.env, SEAWORTHY_TEST_KUBECONFIG: kubeconfig, SEAWORTHY_TEST_WITHOUT: without.join() },
      stdio: 'inherit',
    },
  );
  return jest.status ?? 1;
}

async function main() {
  const given = process.env.SEAWORTHY_TEST_KUBECONFIG;
  if (given !== undefined) return test(given);
  const cluster = await startControlPlane();
  try {
    if (cluster.without.length > 0)
      console.error(
        `KUBEBUILDER_ASSETS has no ${cluster.without.join(' and no ')}: only the tests *.api.live.test.ts run, ` +
          'which need an API server alone',
      );
    return test(cluster.kubeconfig, cluster.without);
  } finally {
    await cluster.stop();
  }
}

main().then(
  (status) => (process.exitCode = status),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
