'use strict';
/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/lib', '<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  // What takes long is for scripts/test-long.js.
  testPathIgnorePatterns: process.env.SEAWORTHY_LONG === undefined ? ['\\.long\\.test\\.ts$'] : [],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false, tsconfig: '<rootDir>/tsconfig.jest.json' }] },
  moduleNameMapper: {
    '^seaworthy$': '<rootDir>/lib/index.ts',
    '^seaworthy/testing$': '<rootDir>/lib/testing/index.ts',
    '^seaworthy/testing/(.*)$': '<rootDir>/lib/testing/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/\\.cache/'],
  // The parent process has little to do: all cores run tests.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
