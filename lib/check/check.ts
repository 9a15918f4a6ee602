import { SeaworthyError } from '../errors';
import { readOptions } from '../manifest/foreign';
import { isEncrypted } from '../manifest/encrypted';
import { bounded } from '../kube/bounded';
import type { Manifest } from '../manifest/manifest';
import { readableCopy } from '../manifest/plain';
import { progress } from '../manifest/progress';
import { checkedSet, scopedBy, type ManifestSet } from '../manifest/set';
import { admissionOf, type Reported } from './admit-set';
import type { RuleFacts } from './facts-of-rule';
import { ruleFacts } from './facts';
import { isFitRule } from './fit-facts';
import type { Finding } from './finding';
import type { KnownAdmission } from './known-admission';
import { locator } from './located';
import { podSecurityAdmission } from './rules/pod-security/pod-security-admission';
import { RULES } from './registry';
import { runOwn } from './own-rule';
import type { Rule } from './rule';
import type { CheckSettings, SettingsByEnvironment } from './settings';
import type { Cluster, ClusterOptions } from '../graph/cluster';
import { clustersOf } from '../graph/clusters';
import { Suppressions } from './suppression';
import { renamedSettings } from './renamed-settings';
import { byCurrentName, unknownRule } from './rule-names';

export interface CheckOptions extends ClusterOptions, SettingsByEnvironment {
  /** Custom rules, in addition to the built-in ones; with the preset `none`, these alone next to admission. @default none */
  readonly rules?: readonly Rule[];
}

/** The findings in the objects for one cluster. */
export interface CheckedCluster {
  readonly cluster: Cluster;
  /** In the order of the set, then by field and rule, without duplicates. */
  readonly findings: readonly Finding[];
}

/**
 * Checks the objects of `set`: whether an API server would accept them, whether they fit together, and whether they
 * follow good practice. Each environment is checked separately, for the release of its cluster.
 *
 * @returns former names of rules in `options`, then the findings by environment, in the order of the set, then by field and
 * rule, without duplicates
 * @throws SeaworthyError UNKNOWN_KUBERNETES for an unknown release; UNKNOWN_RULE for a severity of an unknown rule;
 * RULE_FAILED for a custom rule that throws; NOT_AN_OBJECT for what is no set; RENDER_FAILED for options that cannot be read
 */
export function check(set: ManifestSet, options: CheckOptions = {}): Finding[] {
  const found = checkClusters(set, options).flatMap(({ findings }) => findings);
  return [...renamedSettings(options), ...found];
}

/**
 * The findings of `check`, cluster by cluster. A suppression counts as used if any of them uses it.
 *
 * @param known what earlier checks found out. @default nothing
 */
export function checkClusters(
  of: ManifestSet,
  given: CheckOptions = {},
  known?: KnownAdmission,
): CheckedCluster[] {
  checkedSet(of, 'set');
  const options = readCheckOptions(given);
  const set = options.assume === undefined ? of : scopedBy(of, options.assume);
  refuseUnknownRules(options);
  const parts = clustersOf(set, options).map((cluster) => {
    const settings = settingsFor(cluster.environment, options);
    return { cluster, settings, found: judge(cluster, options.rules ?? [], settings, known) };
  });
  const suppressions = new Suppressions(set);
  const kept = parts.map(({ found }) =>
    found.filter(({ manifest, finding }) => !suppressions.accepts(manifest, finding)),
  );
  const facts = ruleFacts(options.rules);
  const own = namesOf(options.rules ?? []);
  const ran = facts.filter((rule) => {
    const isOwn = own.has(rule.name);
    return (!isFitRule(rule.name) || isOwn) && parts.some(({ settings }) => runs(rule, settings, isOwn));
  });
  const wrong = suppressions.findings(namesOf(facts), namesOf(ran));
  return parts.map(({ cluster, settings }, index) => {
    const own = new Set(cluster.set);
    const ofSuppressions = wrong
      .filter(([manifest, { rule: name }]) => own.has(manifest) && runs({ name }, settings))
      .flatMap(([manifest, finding]) => withSettings(manifest, finding, settings) ?? []);
    return { cluster, findings: inOrder(cluster, [...(kept[index] ?? []), ...ofSuppressions]) };
  });
}

/** The options, read once: they are the user's, and may hold anything. */
function readCheckOptions(given: CheckOptions): CheckOptions {
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

function namesOf(rules: readonly RuleFacts[]): ReadonlySet<string> {
  return new Set(rules.map(({ name }) => name));
}

function settingsFor(environment: string | undefined, options: CheckOptions): Required<CheckSettings> {
  const own = environment === undefined ? undefined : options.environments?.[environment];
  return {
    preset: own?.preset ?? options.preset ?? 'recommended',
    severities: { ...byCurrentName(options.severities ?? {}), ...byCurrentName(own?.severities ?? {}) },
  };
}

function judge(
  cluster: Cluster,
  own: readonly Rule[],
  settings: Required<CheckSettings>,
  known: KnownAdmission | undefined,
): Reported[] {
  const found: Reported[] = [];
  const add = (manifest: Manifest, finding: Finding): void => {
    if (isEncrypted(manifest.object)) return;
    const reported = withSettings(manifest, finding, settings);
    if (reported !== undefined) found.push(reported);
  };
  const strict = settings.preset === 'strict';
  const admission = {
    strict,
    warnings: true,
    dropped: true,
    ...(known && { examined: known.examinedIn(cluster, strict) }),
  };
  for (const { manifest, finding } of admissionOf(cluster, admission)) add(manifest, finding);
  podSecurityAdmission(cluster, add);
  const run = (rule: Rule): void => {
    const { name } = rule;
    rule.run(cluster, (manifest, path, message, hint, severity = rule.severity) => {
      const { id } = manifest;
      const said = { message: bounded(message), ...(hint !== undefined && { hint: bounded(hint) }) };
      add(manifest, { rule: name, severity, id, path, ...said });
    });
  };
  for (const [index, rule] of RULES.entries()) {
    progress('running rules', index, RULES.length);
    if (runs(rule, settings)) run(rule);
  }
  for (const rule of own) if (runs(rule, settings, true)) runOwn(rule, run);
  return found;
}

/** A finding with the severity of the settings, and with the origin of its object unless it has its own. */
function withSettings(
  manifest: Manifest,
  finding: Finding,
  { severities }: Required<CheckSettings>,
): Reported | undefined {
  const severity = severities[finding.rule] ?? finding.severity;
  if (severity === 'off') return undefined;
  const origin = finding.origin ?? manifest.origin;
  return { manifest, finding: { ...finding, severity, ...(origin !== undefined && { origin }) } };
}

/**
 * Whether a rule runs: with the preset, or because the settings name it. Admission always runs.
 *
 * @param isOwn whether it is a custom rule: who gives one wants it to run, with the preset `none` as well
 */
function runs(
  { name, strict }: Pick<RuleFacts, 'name' | 'strict'>,
  { preset, severities }: Required<CheckSettings>,
  isOwn = false,
): boolean {
  const asked = severities[name];
  if (asked !== undefined || name.startsWith('admission/')) return asked !== 'off';
  return preset === 'strict' || ((preset === 'recommended' || isOwn) && strict !== true);
}

/** The findings in the order of their objects in the set, then by field and rule; each once. */
function inOrder({ set }: Cluster, found: readonly Reported[]): Finding[] {
  const places = new Map([...set].map((manifest, index) => [manifest, index]));
  const place = (manifest: Manifest): number => places.get(manifest) ?? places.size;
  const sorted = found.toSorted(
    (a, b) => place(a.manifest) - place(b.manifest) || byField(a.finding, b.finding),
  );
  const located = locator();
  return sorted
    .filter(({ manifest, finding }, index) => {
      const before = sorted[index - 1];
      return before?.manifest !== manifest || byField(before.finding, finding) !== 0;
    })
    .map(({ manifest, finding }) => located(manifest, finding));
}

function byField(a: Finding, b: Finding): number {
  return compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function refuseUnknownRules({ rules, severities = {}, environments = {} }: CheckOptions): void {
  const asked = [severities, ...Object.values(environments).map((settings) => settings.severities ?? {})];
  const facts = ruleFacts(rules);
  const [first, ...more] = asked
    .flatMap((names) => Object.keys(names))
    .map((name) => unknownRule(name, facts))
    .filter((problem) => problem !== undefined);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}
