/** Adds the matchers to Jest's `expect`: import it once, in a test or in `setupFilesAfterEnv`. */
import { collectCoverage } from './coverage/collect';
import { extendGlobal } from './extend';
import type { ManifestMatchers } from './matchers';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the one that @types/jest declares
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as declared there
    interface Matchers<R, T = {}> extends ManifestMatchers<R> {}
  }
}

extendGlobal('seaworthy/testing/jest');
collectCoverage();
