import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { cidrProblem } from '../../kube/ip';
import { gatesOf, newestGates, type FeatureGates } from '../../kube/feature-gates';
import type { LabelSelector } from '../../kube/labels';
import { dnsLabel } from '../../kube/names';
import { portProblem } from '../../kube/ports';
import type { KubernetesRelease } from '../../kube/schema';
import { latestRelease, release } from '../../kube/schema';
import { SeaworthyError } from '../../errors';
import type { ApiServer, ClusterProfile } from '../../profiles/cluster-profile';
import { featureGateProblems } from '../../profiles/feature-gates';
import { nodePoolProblems } from '../../profiles/node-pools';
import { isInstalled, type Installed } from '../../profiles/installed';
import { classNamed, classNames } from '../../profiles/storage-classes';
import type { Defaults } from './defaults';
import { DEFAULTS, setDefaults } from './defaults';
import { checkLabels } from './metadata';
import type { Reporter } from './problems';
import { below, report, reporter } from './problems';
import { shapedProfile } from './profile-shape';
import { shaped } from './shaped';
import { record } from './shapes';
import { inScope } from './scope';

/** The feature gates of each environment's API server. */
const GATES = new WeakMap<Environment, FeatureGates>();

const ENVIRONMENT = Symbol.for('seaworthy.Environment');

/** Props of an environment, in addition to the profile of its cluster. */
export interface EnvironmentProps {
  /** Props for every workload of the environment, where neither it nor its chart sets them. @default those of the app */
  readonly defaults?: Defaults;
}

const PROPS = record<EnvironmentProps>(
  { defaults: DEFAULTS },
  { expected: 'props', example: "{ defaults: { labels: { team: 'shop' } } }" },
);

/**
 * A cluster that the application runs on, with its profile. Everything below it is for that cluster and is written to a
 * folder of its own. Objects of two environments never collide.
 */
export class Environment extends Construct {
  readonly profile: ClusterProfile;
  /** The cluster's Kubernetes release. */
  readonly kubernetes: KubernetesRelease;

  /**
   * @param id the environment's name, a DNS label such as `production`
   * @param profile what the cluster offers; synth reports an unknown release as UNKNOWN_KUBERNETES
   * @param props what holds for its workloads
   */
  constructor(scope: Construct, id: string, profile: ClusterProfile = {}, props: EnvironmentProps = {}) {
    super(inScope(scope, id, new.target, 'app'), id);
    Object.defineProperty(this, ENVIRONMENT, { value: true });
    this.profile = shapedProfile(this, profile);
    const version = this.readVersion(this.profile.kubernetes);
    this.kubernetes = release(version);
    GATES.set(this, gatesOf(version, this.profile.featureGates));
    const wrong = dnsLabel(id);
    if (wrong !== undefined) {
      report(this, {
        code: 'INVALID_NAME',
        message: `Invalid value: "${id}": the name of an environment ${wrong}`,
      });
    }
    checkProfile(this.profile, below('profile', reporter(this)));
    for (const problem of featureGateProblems(this.profile.featureGates, this.kubernetes))
      report(this, { ...problem, path: `profile.${problem.path ?? ''}` });
    setDefaults(this, shaped(this, props, PROPS).defaults);
  }

  /** The environment that `construct` is in; `undefined` outside of any. */
  static of(construct: IConstruct): Environment | undefined {
    // Before a scope that is none has been refused, see `inScope`.
    if (!Construct.isConstruct(construct)) return undefined;
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
      if (ENVIRONMENT in at) return at as unknown as Environment;
    }
    return undefined;
  }

  /** Whether `software` is installed in the cluster. */
  has(software: Installed): boolean {
    return isInstalled(this.profile, software);
  }

  /** A version of a release that is known. */
  private readVersion(text: string | undefined): string {
    if (text === undefined) return latestRelease;
    try {
      release(text);
      return text;
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      const { place: _, source: __, ...problem } = error.problems[0];
      report(this, { ...problem, path: 'profile.kubernetes' });
      return latestRelease;
    }
  }
}

function checkApiServer({ cidrs, ports = [] }: Partial<ApiServer>, report: Reporter): void {
  if (cidrs === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'cidrs',
      message: 'Required value: the addresses of the API server',
      hint: "Set `cidrs: ['10.0.0.1/32']`, as `kubectl get endpointslices kubernetes` prints them.",
    });
  for (const [index, cidr] of (cidrs ?? []).entries()) {
    const wrong = cidrProblem(cidr);
    const message = `Invalid value: "${cidr}": ${wrong ?? ''}`;
    if (wrong !== undefined) report({ code: 'INVALID_PROP', path: `cidrs[${index}]`, message });
  }
  for (const [index, port] of ports.entries()) {
    const wrong = portProblem(port);
    if (wrong !== undefined) report({ code: 'INVALID_PORT', path: `ports[${index}]`, message: wrong });
  }
}

function checkProfile(profile: ClusterProfile, report: Reporter): void {
  const { nodePools = [], prometheus, apiServer, mesh } = profile;
  if (apiServer !== undefined) checkApiServer(apiServer, below('apiServer', report));
  if (typeof mesh === 'object' && mesh.kind === 'linkerd')
    for (const key of ['mode', 'revision', 'waypoint'].filter((each) => each in mesh))
      report({ code: 'INVALID_PROP', path: `mesh.${key}`, message: 'Forbidden: only Istio has it' });
  for (const [index, { labels }] of nodePools.entries())
    checkLabels(labels, 'labels', below(`nodePools[${index}]`, report));
  for (const { place: _, ...problem } of nodePoolProblems(profile)) report(problem);
  const { address: _, ...selectors } = prometheus ?? {};
  for (const [name, selector] of Object.entries(selectors) as [string, LabelSelector | undefined][])
    checkLabels(selector?.matchLabels, `${name}.matchLabels`, below('prometheus', report));
}

/**
 * The feature gates of the API server that `construct` is rendered for: see `kubernetesOf`.
 *
 * @internal
 */
export function featureGatesAt(construct: IConstruct): FeatureGates {
  const environment = Environment.of(construct);
  return (environment && GATES.get(environment)) ?? newestGates;
}

/** The release that `construct` is rendered for: its environment's, else the latest. */
export function kubernetesOf(construct: IConstruct): KubernetesRelease {
  return Environment.of(construct)?.kubernetes ?? latestRelease;
}

/**
 * The storage class that `construct` means: that of a word of the profile, or of the name.
 *
 * @param word what it says; the profile's first class where it says nothing
 */
export function storageClassOf(construct: IConstruct, word: string | undefined): string | undefined {
  const profile = Environment.of(construct)?.profile ?? {};
  return word === undefined ? classNames(profile)[0] : classNamed(profile, word);
}
