import type { CheckOptions } from '../check/check';
import { check } from '../check/check';
import { connections, Network } from '../graph/connections';
import type { Finding } from '../check/finding';
import { formatId } from '../manifest/manifest';
import type { Endpoint, PortLike } from './endpoint';
import { resolveEndpoint, resolvePort } from './endpoint';
import { Manifests } from './manifests';
import type { KindName } from './kind';
import type { Pattern } from './match/pattern';
import type { ManifestSource } from './source';

/**
 * What assertions come to, for any test runner: whether it holds, and what to say when it should be otherwise. Each
 * takes the source first; see `Manifests.from`.
 */
export interface Verdict {
  readonly pass: boolean;
  /** What is wrong where it does not hold; what is wrong with its opposite where it does. */
  readonly message: string;
}

export type Source = ManifestSource | Manifests;

/** Whether there is an object of a kind that is as `pattern` says. */
export function hasResource(source: Source, kind: KindName, pattern: Pattern = {}): Verdict {
  const { found, problem } = Manifests.from(source).expectation(kind, pattern);
  return {
    pass: found.length > 0,
    // Most verdicts are only asked whether they hold, and showing an object takes longer than comparing it.
    get message() {
      const there = found.map(({ id }) => formatId(id)).join(', ');
      return found.length === 0 ? problem() : `expected no such ${kind}, and there is ${there}`;
    },
  };
}

/**
 * Whether an API server takes every object.
 *
 * @param kubernetes its release; where it is left out, that of the environment's cluster, else the newest
 */
export function isAdmitted(source: Source, kubernetes?: string): Verdict {
  const options = kubernetes === undefined ? {} : { kubernetes };
  const findings = check(Manifests.from(source).set, { preset: 'none', ...options });
  const server = kubernetes === undefined ? 'an API server' : `an API server of Kubernetes ${kubernetes}`;
  return verdict(
    findings.filter(({ severity }) => severity === 'error'),
    `${server} would refuse this`,
  );
}

export interface FindingsOptions extends CheckOptions {
  /** Rules whose findings are expected. @default none */
  readonly except?: readonly string[];
  /** Whether findings of severity `info` count too. @default false */
  readonly info?: boolean;
}

/** Whether `check` has nothing to say, or nothing but what is expected. */
export function hasNoFindings(
  source: Source,
  { except = [], info = false, ...options }: FindingsOptions = {},
): Verdict {
  const findings = check(Manifests.from(source).set, options);
  const told = findings.filter(
    ({ rule, severity }) => !except.includes(rule) && (info || severity !== 'info'),
  );
  return verdict(told, 'check has found this');
}

/** Whether the network policies let pods of `from` reach a port of the pods of `to`. */
export function allowsConnection(source: Source, from: Endpoint, to: Endpoint, port: PortLike): Verdict {
  const network = new Network(Manifests.from(source).set);
  const [begin, end, at] = [resolveEndpoint(network, from), resolveEndpoint(network, to), resolvePort(port)];
  const pass = network.allows(begin, end, at);
  const does = pass ? 'let' : 'do not let';
  return { pass, message: `the network policies ${does} ${named(from)} reach ${named(to)} on port ${port}` };
}

/** A connection that a test expects: from, to, port. */
export type Expected = readonly [from: Endpoint, to: Endpoint, port: PortLike];

/** Whether the connections between workloads that the network policies allow are `expected` and no others. */
export function allowsOnly(source: Source, expected: readonly Expected[]): Verdict {
  const { set } = Manifests.from(source);
  const network = new Network(set);
  const wanted = new Set(
    expected.map(([from, to, port]) => {
      const [begin, end, { port: number, protocol }] = [
        resolveEndpoint(network, from),
        resolveEndpoint(network, to),
        resolvePort(port),
      ];
      return edge(endName(begin), endName(end), number, protocol);
    }),
  );
  const found = new Set(
    connections(set).map(({ from, to, port, protocol }) =>
      edge(formatId(from.id), formatId(to.id), port, protocol),
    ),
  );
  const added = [...found].filter((each) => !wanted.has(each));
  const lacking = [...wanted].filter((each) => !found.has(each));
  const lines = [...added.map((each) => `  + ${each}`), ...lacking.map((each) => `  - ${each}`)];
  if (lines.length === 0) return { pass: true, message: 'these are just the connections that are allowed' };
  const head =
    'the network policies allow other connections (+ allowed and not expected, - expected and not allowed):';
  return { pass: false, message: [head, ...lines].join('\n') };
}

function endName(end: ReturnType<typeof resolveEndpoint>): string {
  return 'ip' in end ? end.ip : formatId(end.of.id);
}

function edge(from: string, to: string, port: number, protocol: string): string {
  return `${from} → ${to} on ${port}/${protocol}`;
}

function named(end: Endpoint): string {
  return typeof end === 'string' ? end : end.node.path;
}

function verdict(findings: readonly Finding[], head: string): Verdict {
  if (findings.length === 0) return { pass: true, message: 'nothing was found' };
  return { pass: false, message: `${head}:\n${findings.map(describeFinding).join('\n')}` };
}

function describeFinding({ rule, id, path, message, hint, origin }: Finding): string {
  const where = origin?.source === undefined ? '' : `\n      at ${origin.source}`;
  const way = hint === undefined ? '' : `\n      ${hint}`;
  return `  ${formatId(id)} ${path}: ${message} [${rule}]${way}${where}`;
}
