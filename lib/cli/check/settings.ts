import type { Readable } from 'node:stream';
import type { CheckOptions } from '../../check/options';
import { ruleFacts } from '../../check/facts';
import type { RuleFacts } from '../../check/facts-of-rule';
import type { Severity } from '../../check/finding';
import type { Rule } from '../../check/rule';
import { byCurrentName, currentName, unknownRule } from '../../check/rule-names';
import type { CheckSettings } from '../../check/settings';
import { SeaworthyError, type Problem } from '../../errors';
import { fitRules } from '../../fit/findings/fit-rules';
import { besides } from '../../cluster/live/snapshot';
import { release } from '../../kube/schema';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { inNamespace } from '../files/namespace';
import { gather, type Gathered } from '../files/gather';
import { readNodesAndPods } from '../files/nodes';
import type { CheckConfig } from '../project/check-section';
import type { Seen } from '../cluster/assumed';
import { assumedIn, type AssumedFiles } from './assumed';
import { assumedPaths } from './assumed-paths';
import type { RuleFlag, SettingFlags } from './flags';
import { loadPlugins, type Plugin } from './plugins';

/** What a check runs with: cdk8s.yaml, and before it the command line. */
export interface Settings {
  readonly options: CheckOptions;
  /** A cluster that was read, now or before. */
  readonly seen?: Seen;
  /** What `options.assume` was read from. */
  readonly assumed: AssumedFiles;
  /** All rules. */
  readonly facts: readonly RuleFacts[];
  readonly failOn: Severity;
  /** Former names of rules in cdk8s.yaml and on the command line, a line each. They still work. */
  readonly notes: readonly string[];
  /** Where cdk8s.yaml speaks of environments, to be compared with those of the app. */
  readonly config: CheckConfig | undefined;
}

/** What relative paths start from: those of cdk8s.yaml its folder, those of the command line the working directory. */
export interface Places {
  readonly root: string;
  readonly cwd: string;
  /** Where kubectl is found, for kustomizations among assumed files. */
  readonly env: NodeJS.ProcessEnv;
  readonly stdin?: Readable | undefined;
  /** What was read of the assumed files already. @default they are read when they are needed */
  readonly assumed?: Readonly<Record<'assume' | 'crds', Gathered>> | undefined;
}

const NO_DEFINITION = 'admission/no-definition';

/**
 * Puts together what a check runs with.
 *
 * @throws SeaworthyError UNKNOWN_KUBERNETES, UNKNOWN_RULE, CONFIG_INVALID for rules that cannot be loaded, and what
 * `readManifests` throws
 */
export async function readSettings(
  config: CheckConfig | undefined,
  flags: SettingFlags,
  places: Places,
): Promise<Settings> {
  const assumed = await readAssumed(config, flags, places);
  const { assume, seen } = assumedIn(assumed, places.cwd);
  const kubernetes = flags.kubernetes ?? seen?.kubernetes ?? config?.kubernetes;
  if (kubernetes !== undefined) release(kubernetes);
  const own = await loadPlugins(pluginsOf(config, flags, places));
  const rules = [...own, ...(await rulesOfFit(flags, places))];
  const facts = ruleFacts(rules);
  refuseUnknownRules(config, flags.rule ?? [], facts);
  const preset = flags.preset ?? config?.preset;
  const options = {
    ...(kubernetes !== undefined && { kubernetes }),
    ...(preset !== undefined && { preset }),
    severities: { ...byCurrentName(config?.severities ?? {}), ...severitiesOf(flags) },
    environments: environmentsFor(config, flags),
    rules,
    assume,
  };
  const notes = formerNames(config, flags.rule ?? []);
  const failOn = flags.failOn ?? config?.failOn ?? 'error';
  return { options, facts, failOn, notes, config, assumed, ...(seen !== undefined && { seen }) };
}

/**
 * The rules about room on nodes, where they are asked for.
 *
 * @throws SeaworthyError USAGE for nodes that nothing asks for
 */
async function rulesOfFit(flags: SettingFlags, places: Places): Promise<Rule[]> {
  if (flags.fit === true) return fitRules(await readNodesAndPods(flags, places));
  const option = (['nodes', 'pods'] as const).find((name) => flags[name] !== undefined);
  if (option === undefined) return [];
  const hint = 'Add --fit, which places pods on them.';
  throw new SeaworthyError({ code: 'USAGE', path: `--${option}`, message: 'is for --fit alone', hint });
}

function pluginsOf(config: CheckConfig | undefined, flags: SettingFlags, { root, cwd }: Places): Plugin[] {
  const source = config?.source(['plugins']) ?? '';
  return [
    ...(config?.plugins ?? []).map((path) => ({ path, folder: root, source })),
    ...(flags.plugin ?? []).map((path) => ({ path, folder: cwd })),
  ];
}

function severitiesOf({ rule = [], strict }: SettingFlags): Record<string, Severity | 'off'> {
  const asked = rule.map(({ name, severity }): [string, Severity | 'off'] => [currentName(name), severity]);
  return { ...(strict === true && { [NO_DEFINITION]: 'error' }), ...Object.fromEntries(asked) };
}

/** The settings of environments, without what the command line says for all of them. */
function environmentsFor(
  config: CheckConfig | undefined,
  flags: SettingFlags,
): Record<string, CheckSettings> {
  const said = severitiesOf(flags);
  const environments = Object.entries(config?.environments ?? {}).map(
    ([name, settings]): [string, CheckSettings] => {
      const preset = flags.preset ?? settings.preset;
      const severities = { ...byCurrentName(settings.severities ?? {}), ...said };
      return [name, { ...(preset !== undefined && { preset }), severities }];
    },
  );
  return Object.fromEntries(environments);
}

function refuseUnknownRules(
  config: CheckConfig | undefined,
  flags: readonly RuleFlag[],
  facts: readonly RuleFacts[],
): void {
  const [first, ...more] = namedRules(config, flags).flatMap(({ name, path, source }): Problem[] => {
    const problem = unknownRule(name, facts);
    return problem === undefined ? [] : [{ ...problem, path, ...(source !== undefined && { source }) }];
  });
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

function formerNames(config: CheckConfig | undefined, flags: readonly RuleFlag[]): string[] {
  return namedRules(config, flags)
    .filter(({ name }) => currentName(name) !== name)
    .map(({ name, path, source }) => {
      const place = source === undefined ? path : `${source}: ${path}`;
      return `${place}: rule ${name} is now called ${currentName(name)}`;
    });
}

/** A rule that the settings name, and where they do. */
interface NamedRule {
  readonly name: string;
  readonly path: string;
  readonly source?: string | undefined;
}

function namedRules(config: CheckConfig | undefined, flags: readonly RuleFlag[]): NamedRule[] {
  const inConfig = ({ severities = {} }: CheckSettings, keys: readonly string[]): NamedRule[] =>
    Object.keys(severities).map((name) => ({
      name,
      path: ['seaworthy', 'check', ...keys, 'rules'].join('.'),
      source: config?.source([...keys, 'rules', name]),
    }));
  const environments = Object.entries(config?.environments ?? {});
  return [
    ...flags.map(({ name }) => ({ name, path: '--rule' })),
    ...inConfig(config ?? {}, []),
    ...environments.flatMap(([name, settings]) => inConfig(settings, ['environments', name])),
  ];
}

/** Reads the files with what is in the cluster already: those of --crds first, whose faults are reported first. */
async function readAssumed(
  config: CheckConfig | undefined,
  flags: SettingFlags,
  places: Places,
): Promise<AssumedFiles> {
  const read = async (key: 'assume' | 'crds') => {
    const { cwd, env } = places;
    const paths = assumedPaths(key, config, flags, places);
    return { paths, gathered: places.assumed?.[key] ?? (await gather(paths, { cwd, env })) };
  };
  const crds = await read('crds');
  return { crds, assume: await read('assume') };
}

/** The options of a check of `set`, with what the cluster has beside it. */
export function withSeen(
  { options, seen }: Pick<Settings, 'options' | 'seen'>,
  set: ManifestSet,
): CheckOptions {
  if (seen === undefined) return options;
  const { assume = ManifestSet.from([]) } = options;
  return {
    ...options,
    assume: ManifestSet.from([...assume, ...besides(seen.objects, set)]),
    knowledge: seen.knowledge,
  };
}

/** The settings of a check by a cluster that was read; `--kubernetes` counts before its release. */
export function seeing(settings: Settings, seen: Seen | undefined, { kubernetes }: SettingFlags): Settings {
  if (seen === undefined) return settings;
  return { ...settings, seen, options: { ...settings.options, kubernetes: kubernetes ?? seen.kubernetes } };
}

/** Manifests with the namespace that a client of the cluster gives those without one. */
export function placedAs(
  { seen }: Pick<Settings, 'seen'>,
  manifests: readonly Manifest[],
): readonly Manifest[] {
  return seen === undefined ? manifests : inNamespace(manifests, seen.namespace);
}
