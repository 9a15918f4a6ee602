import { checkClusters } from '../check/check';
import type { CheckedCluster } from '../check/checking';
import type { CheckOptions } from '../check/options';
import type { Finding } from '../check/finding';
import { renamedIn, renamedSettings } from '../check/renamed-settings';
import { currentName } from '../check/rule-names';
import { SeaworthyError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { networksOf, type PodPort } from '../graph/connections';
import { formatId } from '../manifest/manifest';
import { redactFindings } from '../report/redact/findings';
import { inert, visible, visibleLines } from '../text';
import type { Endpoint, Ends, PortLike } from './endpoint';
import { endsOf, nameOf, resolvePort } from './endpoint';
import { Manifests } from './manifests';
import type { KindName } from './kind';
import type { Pattern } from './match/pattern';
import type { ManifestSource } from './source';

/**
 * Assertions for any test runner: each returns whether it holds, and a message for when it should not. Each takes the
 * source first; see `Manifests.from`.
 */
export interface Verdict {
  readonly pass: boolean;
  /** Why it does not hold; or if it does, why its negation does not. */
  readonly message: string;
}

export type Source = ManifestSource | Manifests;

/** Whether there is an object of a kind that matches `pattern`. */
export function hasResource(source: Source, kind: KindName, pattern: Pattern = {}): Verdict {
  const { found, problem } = Manifests.from(source).expectation(kind, pattern);
  return {
    pass: found.length > 0,
    // Most verdicts hold, and showing an object takes longer than comparing it.
    get message() {
      const there = found.map(({ id }) => formatId(id)).join(', ');
      return found.length === 0 ? inert(problem()) : `expected no such ${kind}, and there is ${there}`;
    },
  };
}

/**
 * Whether an API server accepts every object.
 *
 * @param kubernetes its release; where it is left out, that of the environment's cluster, else the newest
 */
export function isAdmitted(source: Source, kubernetes?: string): Verdict {
  const options = kubernetes === undefined ? {} : { kubernetes };
  const checked = checkClusters(Manifests.from(source).set, { preset: 'none', ...options });
  const server = kubernetes === undefined ? 'an API server' : `an API server of Kubernetes ${kubernetes}`;
  return verdict(checked, ({ severity }) => severity === 'error', `${server} would refuse this`);
}

export interface FindingsOptions extends CheckOptions {
  /** Rules whose findings are expected. @default none */
  readonly except?: readonly string[];
  /** Whether findings of severity `info` count too. @default false */
  readonly info?: boolean;
}

/** Whether `check` finds nothing, or nothing but what is expected. */
export function hasNoFindings(
  source: Source,
  { except = [], info = false, ...options }: FindingsOptions = {},
): Verdict {
  const expected = new Set(except.map(currentName));
  return verdict(
    checkClusters(Manifests.from(source).set, options),
    ({ rule, severity }) => !expected.has(rule) && (info || severity !== 'info'),
    'check has found this',
    [...renamedSettings(options), ...renamedIn(except, 'except')],
  );
}

/**
 * Whether the network policies let pods of `from` reach a port of the pods of `to`. Each environment is a separate
 * cluster: both ends have to be in the same one.
 *
 * @throws SeaworthyError NOT_FOUND; AMBIGUOUS if several environments have both ends
 */
export function allowsConnection(source: Source, from: Endpoint, to: Endpoint, port: PortLike): Verdict {
  const at = resolvePort(port);
  const [ends, ...others] = endsOf(networksOf(Manifests.from(source).set), from, to);
  if (ends === undefined) throw new Error('Ends without a cluster are an error before.');
  if (others.length > 0) throw inSeveral([from, to], [ends, ...others]);
  const pass = ends.network.allows(ends.from, ends.to, at);
  const does = pass ? 'let' : 'do not let';
  return {
    pass,
    message: `the network policies ${does} ${nameOf(from)} reach ${nameOf(to)} on port ${port}`,
  };
}

function inSeveral(ends: readonly Endpoint[], found: readonly Ends[]): SeaworthyError {
  const environments = found.map(({ network: { cluster } }) => cluster.environment ?? 'no environment');
  const named = found
    .map(({ network: { cluster } }) => cluster.environment)
    .find((each) => each !== undefined);
  return new SeaworthyError({
    code: 'AMBIGUOUS',
    message: `${environments.length} environments have ${ends.map((end) => `"${nameOf(end)}"`).join(' and ')}: ${environments.join(', ')}`,
    hint: `Select one: Manifests.from(app).resourcesOf('${named ?? ''}').`,
  });
}

/** A connection that a test expects: from, to, port. */
export type Expected = readonly [from: Endpoint, to: Endpoint, port: PortLike];

/**
 * Whether the connections between workloads that the network policies allow are `expected` and no others. With several
 * environments, names are expected in each that has both, and constructs in their own.
 *
 * @throws SeaworthyError NOT_FOUND; AMBIGUOUS if an environment has an end several times
 */
export function allowsOnly(source: Source, expected: readonly Expected[]): Verdict {
  const networks = networksOf(Manifests.from(source).set);
  const edge = (cluster: Cluster, from: string, to: string, { port, protocol }: PodPort): string =>
    visible(`${placeOf(cluster, networks.length)}${from} → ${to} on ${port}/${protocol}`);
  const wanted = expected.flatMap(([from, to, port]) =>
    endsOf(networks, from, to).map((ends) =>
      edge(ends.network.cluster, endName(ends.from), endName(ends.to), resolvePort(port)),
    ),
  );
  const found = networks.flatMap(({ cluster, connections }) =>
    connections.map(({ from, to, ...port }) => edge(cluster, formatId(from.id), formatId(to.id), port)),
  );
  const added = without(found, wanted).map((each) => `  + ${each}`);
  const missing = without(wanted, found).map((each) => `  - ${each}`);
  if (added.length + missing.length === 0)
    return { pass: true, message: 'exactly these connections are allowed' };
  const head =
    'the network policies allow other connections (+ allowed and not expected, - expected and not allowed):';
  return { pass: false, message: inert([head, ...added, ...missing].join('\n')) };
}

function without(some: readonly string[], others: readonly string[]): string[] {
  const left = new Set(some);
  for (const each of others) left.delete(each);
  return [...left];
}

/** `staging: `, if there are several clusters. */
function placeOf({ environment }: Cluster, clusters: number): string {
  return clusters > 1 ? `${environment ?? 'no environment'}: ` : '';
}

function endName(end: Ends['from']): string {
  return 'ip' in end ? end.ip : formatId(end.manifest.id);
}

function verdict(
  checked: readonly CheckedCluster[],
  counts: (finding: Finding) => boolean,
  head: string,
  ofSettings: readonly Finding[] = [],
): Verdict {
  const ofObjects = checked.flatMap(({ cluster, findings }) =>
    redactFindings(findings.filter(counts), cluster.set.manifests).map((finding) =>
      describeFinding(finding, placeOf(cluster, checked.length)),
    ),
  );
  const lines = [...ofSettings.filter(counts).map((finding) => describeFinding(finding, '')), ...ofObjects];
  if (lines.length === 0) return { pass: true, message: 'nothing was found' };
  return { pass: false, message: inert(`${head}:\n${lines.join('\n')}`) };
}

/** Where the other lines of a hint begin. */
const DEEPER = ' '.repeat(8);

function describeFinding({ rule, id, path, message, hint, origin }: Finding, place: string): string {
  const where = origin?.source === undefined ? '' : `\n      at ${visible(origin.source)}`;
  const way = hint === undefined ? '' : `\n      ${visibleLines(hint, DEEPER)}`;
  const head = visible(`${place}${formatId(id)} ${path}`);
  return `  ${head}: ${visible(message)} [${visible(rule)}]${way}${where}`;
}
