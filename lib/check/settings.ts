import { SEVERITIES, type Severity } from './finding';

export const PRESETS = ['recommended', 'strict', 'none'] as const;

/** `recommended` runs most rules, `strict` all of them, `none` admission and custom rules only. */
export type Preset = (typeof PRESETS)[number];

/** The values of a setting for a rule. */
export const SWITCHES: readonly (Severity | 'off')[] = [...SEVERITIES, 'off'];

/** Which rules run, and the severity of their findings. */
export interface CheckSettings {
  /** @default 'recommended' */
  readonly preset?: Preset;
  /** The severity of the findings of a rule, or `off`, by its name. @default none */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** Settings for all environments, and overrides for some of them. */
export interface SettingsByEnvironment extends CheckSettings {
  /** Overrides for one environment, by its name: its own preset, and severities that override those for all. @default none */
  readonly environments?: Readonly<Record<string, CheckSettings>>;
}
