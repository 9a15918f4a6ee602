import type { Finding } from './finding';
import { currentName } from './rule-names';
import type { SettingsByEnvironment } from './settings';

export const RENAMED_SETTING = 'settings/renamed';

/** Finds the former names of rules in the settings of a check, unless these switch that off. */
export function renamedSettings(options: SettingsByEnvironment): Finding[] {
  const severity = options.severities?.[RENAMED_SETTING] ?? 'info';
  if (severity === 'off') return [];
  const ofEnvironments = Object.entries(options.environments ?? {}).flatMap(([name, { severities = {} }]) =>
    renamedIn(Object.keys(severities), `environments[${name}].severities`),
  );
  const found = [...renamedIn(Object.keys(options.severities ?? {}), 'severities'), ...ofEnvironments];
  return found.map((finding) => ({ ...finding, severity }));
}

/**
 * Finds the former names among the names of rules.
 *
 * @param path the setting that has them, such as `severities`
 */
export function renamedIn(names: readonly string[], path: string): Finding[] {
  return names
    .filter((name) => currentName(name) !== name)
    .map((name) => ({
      rule: RENAMED_SETTING,
      severity: 'info',
      // The settings belong to no object of the set.
      id: { apiVersion: 'seaworthy.dev', kind: 'CheckOptions', name: path },
      path: `${path}[${name}]`,
      message: `rule ${name} is now called ${currentName(name)}`,
      hint: `Write ${currentName(name)}.`,
    }));
}
