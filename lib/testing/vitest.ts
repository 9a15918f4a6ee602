/**
 * Adds the matchers to Vitest's `expect`: import it in a test, or name it in `setupFiles`. Imported, it takes the `expect`
 * that Vitest exports; Vitest cannot be required, so that `require` needs `globals: true`.
 */
import { extendGlobal } from './extend';
import type { ManifestMatchers } from './matchers';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the one that @types/chai declares
  namespace Chai {
    // Vitest offers all assertions of Chai. Its own `Matchers` has other type parameters in each major version.
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- as declared there
    interface Assertion extends ManifestMatchers {}
  }
}

extendGlobal('seaworthy/testing/vitest');
