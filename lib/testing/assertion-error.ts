/** What a failed assertion throws: a message for people, which any test runner shows as it stands. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}
