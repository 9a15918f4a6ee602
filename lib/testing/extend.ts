import { createRequire } from 'node:module';
import { SeaworthyError } from '../errors';
import { matchers } from './matchers';

interface Runner {
  readonly expect?: { readonly extend?: (matchers: object) => void };
}

/** Bun has no global `expect` but in test files; all others get it from this module. */
function bunTest(): unknown {
  try {
    return createRequire(__filename)('bun:test');
  } catch {
    // This is no test.
    return {};
  }
}

/** Extends the global `expect` of the test runner. @throws SeaworthyError USAGE without one */
export function extendGlobal(module: string): void {
  const { expect } = (process.versions['bun'] === undefined ? globalThis : bunTest()) as Runner;
  if (typeof expect?.extend === 'function') return expect.extend(matchers);
  throw new SeaworthyError({
    code: 'USAGE',
    place: module,
    message: 'no global expect to extend',
    hint: "Turn on the runner's globals, or call expect.extend(matchers) with the matchers of seaworthy/testing.",
  });
}
