/** Adds the matchers to Vitest's `expect`, with `globals: true`: name it in `setupFiles`, or import it in a test. */
import { extendGlobal } from './extend';
import type { ManifestMatchers } from './matchers';

// @ts-expect-error -- Vitest is the user's, and not installed here
declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-explicit-any -- as declared there
  interface Matchers<T = any> extends ManifestMatchers<T> {}
}

extendGlobal('seaworthy/testing/vitest');
