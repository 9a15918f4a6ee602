'use strict';
const { pattern } = require('./test/together/groups');

const pathsAreGiven = process.argv.slice(2).some((argument) => !argument.startsWith('-'));

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/lib', '<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    // What needs a cluster is for scripts/test-cluster.js.
    ...(process.env.SEAWORTHY_TEST_KUBECONFIG === undefined ? ['\\.live\\.test\\.ts$'] : []),
    // What needs the code of deployers is for scripts/test-controllers.js.
    ...(process.env.SEAWORTHY_TEST_CONTROLLERS === undefined ? ['\\.controllers\\.test\\.ts$'] : []),
    // What needs a browser is for scripts/test-browser.js.
    ...(process.env.SEAWORTHY_CHROMIUM === undefined ? ['\\.browser\\.test\\.ts$'] : []),
    // What takes long is for scripts/test-long.js.
    ...(process.env.SEAWORTHY_LONG === undefined ? ['\\.long\\.test\\.ts$'] : []),
    pathsAreGiven ? '/test/together/' : `<rootDir>${pattern}`,
  ],
  testSequencer: '<rootDir>/test/together/sequencer.js',
  transform: { '^.+\\.ts$': '<rootDir>/test/transform.js' },
  moduleNameMapper: {
    // It holds ES modules only, which Node can require and Jest cannot.
    '^@kubernetes/client-node$': '<rootDir>/test/cluster/client-node.js',
    '^seaworthy$': '<rootDir>/lib/index.ts',
    '^seaworthy/testing$': '<rootDir>/lib/testing/index.ts',
    '^seaworthy/testing/(.*)$': '<rootDir>/lib/testing/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/\\.cache/'],
  // The parent process has little to do: all cores run tests.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
