'use strict';
// The tests `*.live.test.ts`, on a Kubernetes control plane of their own, which Go builds from test/cluster/control-plane
// when that has changed; with SEAWORTHY_TEST_KUBECONFIG, on that cluster, which should be one to throw away.
// Arguments go to Jest.
const { spawnSync } = require('node:child_process');
const { startControlPlane } = require('./cluster/control-plane');

function test(kubeconfig) {
  const args = process.argv.slice(2);
  const jest = spawnSync(
    process.execPath,
    [
      require.resolve('jest/bin/jest'),
      '--runInBand',
      '--testTimeout',
      '120000',
      '--',
      '\\.live\\.test',
      ...args,
    ],
    {
      env: { ...process.env, SEAWORTHY_TEST_KUBECONFIG: kubeconfig },
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
    return test(cluster.kubeconfig);
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
