/** A part of a text that is a secret, or may be one. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Its kind, for a message: `a GitHub token`. */
  readonly what: string;
  /** Whether it is certain enough for a finding; reports also hide what only may be a secret. */
  readonly isCertain: boolean;
}
