import { SEVERITIES, type Severity } from './finding';

export const PRESETS = ['recommended', 'strict', 'none'] as const;

/** `recommended` runs what nearly everybody wants, `strict` everything, `none` admission alone. */
export type Preset = (typeof PRESETS)[number];

/** What a rule can be set to. */
export const SWITCHES: readonly (Severity | 'off')[] = [...SEVERITIES, 'off'];

/** Which rules run, and how much their findings matter. */
export interface CheckSettings {
  /** @default 'recommended' */
  readonly preset?: Preset;
  /** Another severity for the findings of a rule, or `off`, by its name. @default none */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** Settings for all environments, and others for some of them. */
export interface SettingsByEnvironment extends CheckSettings {
  /** Other settings for one environment, by its name: its own preset, and severities before those for all. @default none */
  readonly environments?: Readonly<Record<string, CheckSettings>>;
}
