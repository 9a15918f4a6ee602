/**
 * Kinds that are a Secret for the pods that read them: the Secret itself, and those whose controllers make one of their own
 * name. What else such a controller makes, and where it says so, is in lib/graph/makers.
 */
export const SECRET_KINDS: ReadonlySet<string> = new Set([
  'Secret',
  'ExternalSecret',
  'SealedSecret',
  'OnePasswordItem',
  'VaultSecret',
]);
