'use strict';
// A control plane does much by itself, at any moment: a test that fails is run once more, and its first failure is printed.
jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
