import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import type { LabelSelector } from '../../kube/labels';
import { REQUIREMENT_KEYS, SELECTOR_KEYS } from '../../kube/labels';
import { dnsLabel } from '../../kube/names';
import type { KubernetesRelease } from '../../kube/schema';
import { latestRelease, release } from '../../kube/schema';
import { SeaworthyError } from '../../errors';
import type { ClusterProfile, Installed, PrometheusSelection } from '../../profiles/cluster-profile';
import {
  GATEWAY_KEYS,
  INSTALLABLE,
  NODE_POOL_KEYS,
  PROFILE_KEYS,
  PROMETHEUS_KEYS,
  PROVIDERS,
  TAINT_EFFECTS,
  TAINT_KEYS,
} from '../../profiles/cluster-profile';
import { checkLabels } from './metadata';
import type { Reporter } from './problems';
import { below, report, reporter } from './problems';
import { checkKeys, oneOfKnown } from './props';

const ENVIRONMENT = Symbol.for('seaworthy.Environment');

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
   */
  constructor(scope: Construct, id: string, profile: ClusterProfile = {}) {
    super(scope, id);
    Object.defineProperty(this, ENVIRONMENT, { value: true });
    this.profile = profile;
    this.kubernetes = this.readRelease(profile.kubernetes);
    const wrong = dnsLabel(id);
    if (wrong !== undefined) {
      report(this, {
        code: 'INVALID_NAME',
        message: `Invalid value: "${id}": the name of an environment ${wrong}`,
      });
    }
    checkProfile(profile, below('profile', reporter(this)));
  }

  /** The environment that `construct` is in; `undefined` outside of any. */
  static of(construct: IConstruct): Environment | undefined {
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) {
      if (ENVIRONMENT in at) return at as unknown as Environment;
    }
    return undefined;
  }

  /** Whether `software` is installed in the cluster. */
  has(software: Installed): boolean {
    return this.profile.installed?.includes(software) ?? false;
  }

  private readRelease(text: string | undefined): KubernetesRelease {
    if (text === undefined) return latestRelease;
    try {
      return release(text);
    } catch (error) {
      if (!(error instanceof SeaworthyError)) throw error;
      const { place: _, source: __, ...problem } = error.problems[0];
      report(this, { ...problem, path: 'profile.kubernetes' });
      return latestRelease;
    }
  }
}

function checkProfile(profile: ClusterProfile, report: Reporter): void {
  checkKeys(profile, PROFILE_KEYS, report);
  oneOfKnown(profile.provider, PROVIDERS, 'provider', report);
  checkKeys(profile.gateway, GATEWAY_KEYS, below('gateway', report));
  checkPrometheus(profile.prometheus, below('prometheus', report));
  for (const software of profile.installed ?? []) oneOfKnown(software, INSTALLABLE, 'installed', report);
  for (const [index, pool] of (profile.nodePools ?? []).entries()) {
    const reportBelow = below(`nodePools[${index}]`, report);
    checkKeys(pool, NODE_POOL_KEYS, reportBelow);
    checkLabels(pool.labels, 'labels', reportBelow);
    for (const taint of pool.taints ?? []) {
      checkKeys(taint, TAINT_KEYS, below('taints', reportBelow));
      oneOfKnown(taint.effect, TAINT_EFFECTS, 'taints.effect', reportBelow);
    }
  }
}

function checkPrometheus(selection: PrometheusSelection | undefined, report: Reporter): void {
  checkKeys(selection, PROMETHEUS_KEYS, report);
  for (const [name, selector] of Object.entries(selection ?? {}) as [string, LabelSelector | undefined][]) {
    if (selector === undefined) continue;
    checkKeys(selector, SELECTOR_KEYS, below(name, report));
    checkLabels(selector.matchLabels, `${name}.matchLabels`, report);
    for (const requirement of selector.matchExpressions ?? [])
      checkKeys(requirement, REQUIREMENT_KEYS, below(`${name}.matchExpressions`, report));
  }
}

/** The release that `construct` is rendered for: its environment's, else the latest. */
export function kubernetesOf(construct: IConstruct): KubernetesRelease {
  return Environment.of(construct)?.kubernetes ?? latestRelease;
}

/** The storage class of volumes that set none, where the profile names one. */
export function defaultStorageClass(construct: IConstruct): string | undefined {
  return Environment.of(construct)?.profile.storageClasses?.[0];
}
