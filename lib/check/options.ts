import { SeaworthyError } from '../errors';
import type { ClusterOptions } from '../graph/cluster';
import { readOptions } from '../manifest/foreign';
import { readableCopy } from '../manifest/plain';
import { checkedSet } from '../manifest/set';
import { ruleFacts } from './facts';
import type { RuleFacts } from './facts-of-rule';
import { byCurrentName, unknownRule } from './rule-names';
import type { Rule } from './rule';
import type { CheckSettings, SettingsByEnvironment } from './settings';

export interface CheckOptions extends ClusterOptions, SettingsByEnvironment {
  /** Custom rules, in addition to the built-in ones; with the preset `none`, these alone next to admission. @default none */
  readonly rules?: readonly Rule[];
}

/** The options, read once: they are the user's, and may hold anything. */
export function readCheckOptions(given: CheckOptions): CheckOptions {
  const options = readOptions(given, [
    'kubernetes',
    'assume',
    'alternatives',
    'around',
    'elsewhere',
    'knowledge',
    'rules',
    'preset',
    'severities',
    'environments',
  ]);
  const { assume, severities, environments } = options;
  if (assume !== undefined) checkedSet(assume, 'options.assume');
  const copied = <T>(value: T, place: string): T => readableCopy(value, place) as T;
  return {
    ...options,
    ...(severities && { severities: copied(severities, 'options.severities') }),
    ...(environments && { environments: copied(environments, 'options.environments') }),
  };
}

/** The settings for one environment. */
export function settingsFor(environment: string | undefined, options: CheckOptions): Required<CheckSettings> {
  const own = environment === undefined ? undefined : options.environments?.[environment];
  return {
    preset: own?.preset ?? options.preset ?? 'recommended',
    severities: { ...byCurrentName(options.severities ?? {}), ...byCurrentName(own?.severities ?? {}) },
  };
}

/** @throws SeaworthyError UNKNOWN_RULE */
export function refuseUnknownRules({ rules, severities = {}, environments = {} }: CheckOptions): void {
  const asked = [severities, ...Object.values(environments).map((settings) => settings.severities ?? {})];
  const facts = ruleFacts(rules);
  const [first, ...more] = asked
    .flatMap((names) => Object.keys(names))
    .map((name) => unknownRule(name, facts))
    .filter((problem) => problem !== undefined);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

/**
 * Whether a rule runs: with the preset, or because the settings name it. Admission always runs.
 *
 * @param isOwn whether it is a custom rule: who gives one wants it to run, with the preset `none` as well
 */
export function runs(
  { name, strict }: Pick<RuleFacts, 'name' | 'strict'>,
  { preset, severities }: Required<CheckSettings>,
  isOwn = false,
): boolean {
  const asked = severities[name];
  if (asked !== undefined || name.startsWith('admission/')) return asked !== 'off';
  return preset === 'strict' || ((preset === 'recommended' || isOwn) && strict !== true);
}
