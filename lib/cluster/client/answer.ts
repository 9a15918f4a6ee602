import type { Refusal } from './refusal';

/** What the server answered. */
export interface Reply {
  /** The answer's JSON, or its text where that is no JSON. */
  readonly body: unknown;
  /** What the server warned of. */
  readonly warnings: readonly string[];
}

/** An answer as it stands: a server may refuse what it is asked. */
export type Answer = (Reply & { readonly refusal?: undefined }) | { readonly refusal: Refusal };
