import { SeaworthyError } from '../errors';
import { matchers } from './matchers';

/** Extends the global `expect` of the test runner. @throws SeaworthyError USAGE without one */
export function extendGlobal(module: string): void {
  const { expect } = globalThis as { readonly expect?: { extend?: (matchers: object) => void } };
  if (typeof expect?.extend === 'function') return expect.extend(matchers);
  throw new SeaworthyError({
    code: 'USAGE',
    place: module,
    message: 'no global expect to extend',
    hint: "Turn on the runner's globals, or call expect.extend(matchers) with the matchers of seaworthy/testing.",
  });
}
