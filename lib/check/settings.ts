import type { Severity } from './finding';

export const PRESETS = ['recommended', 'strict', 'none'] as const;

/** `recommended` runs what nearly everybody wants, `strict` everything, `none` admission alone. */
export type Preset = (typeof PRESETS)[number];

/** Which rules run, and how much their findings matter. */
export interface CheckSettings {
  /** @default 'recommended' */
  readonly preset?: Preset;
  /** Another severity for the findings of a rule, or `off`, by its name. @default none */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}
