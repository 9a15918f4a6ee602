import { inert } from '../text';

/** What a failed assertion throws: a message for people, which any test runner shows unchanged. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';

  constructor(message: string) {
    super(inert(message));
  }
}
