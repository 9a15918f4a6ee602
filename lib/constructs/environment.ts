import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { dnsLabel } from '../kube/names';
import type { KubernetesRelease } from '../kube/schema';
import { latestRelease, release } from '../kube/schema';
import { SeaworthyError } from '../errors';
import { checkLabels } from './metadata';
import type { Reporter } from './problems';
import { below, report, reporter } from './problems';
import type { Keys } from './props';
import { checkKeys, oneOfKnown } from './props';

const PROVIDERS = ['eks', 'gke', 'aks', 'generic'] as const;

/** Who runs the cluster. */
export type Provider = (typeof PROVIDERS)[number];

const INSTALLABLE = [
  'argo-cd',
  'cert-manager',
  'external-secrets',
  'flux',
  'istio',
  'keda',
  'linkerd',
  'prometheus-operator',
] as const;

/** Software in the cluster that constructs can make use of. */
export type Installed = (typeof INSTALLABLE)[number];

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** What keeps pods away from a node that do not bear it. */
export interface Taint {
  readonly key: string;
  /** @default '' */
  readonly value?: string;
  readonly effect: (typeof TAINT_EFFECTS)[number];
}

/** A group of like nodes. */
export interface NodePool {
  readonly name: string;
  /** Labels that its nodes carry. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints that its nodes carry. @default none */
  readonly taints?: readonly Taint[];
  /** Zones that it spans. @default unknown */
  readonly zones?: readonly string[];
  /** What one node offers to pods, as quantities by resource. @default unknown */
  readonly allocatable?: Readonly<Record<string, string>>;
  /** How many nodes there are. @default unknown */
  readonly size?: number;
}

/** The Gateway that routes attach to. */
export interface GatewayRef {
  readonly name: string;
  /** @default the namespace of the route */
  readonly namespace?: string;
  /** Name of the listener. @default every listener that allows the route */
  readonly listener?: string;
}

/** What constructs ask about the cluster that an environment runs on. */
export interface ClusterProfile {
  /** The Kubernetes release: `1.31`, `v1.31.4`. @default the latest that Seaworthy knows */
  readonly kubernetes?: string;
  /** @default 'generic' */
  readonly provider?: Provider;
  /** @default unknown: nothing is assumed of the nodes */
  readonly nodePools?: readonly NodePool[];
  /** Names of the storage classes, the default one first. @default the cluster's default class is used */
  readonly storageClasses?: readonly string[];
  /** Class of Ingresses. @default the cluster's default class */
  readonly ingressClass?: string;
  /** Routes become HTTPRoutes of this Gateway. @default none: routes become Ingresses */
  readonly gateway?: GatewayRef;
  /** cert-manager ClusterIssuer for the certificates of routes. @default none: certificates are not requested */
  readonly clusterIssuer?: string;
  /** What is installed. @default nothing beyond Kubernetes itself */
  readonly installed?: readonly Installed[];
}

const PROFILE_KEYS: Keys<ClusterProfile> = {
  kubernetes: true,
  provider: true,
  nodePools: true,
  storageClasses: true,
  ingressClass: true,
  gateway: true,
  clusterIssuer: true,
  installed: true,
};

const NODE_POOL_KEYS: Keys<NodePool> = {
  name: true,
  labels: true,
  taints: true,
  zones: true,
  allocatable: true,
  size: true,
};
const TAINT_KEYS: Keys<Taint> = { key: true, value: true, effect: true };
const GATEWAY_KEYS: Keys<GatewayRef> = { name: true, namespace: true, listener: true };

const ENVIRONMENT = Symbol.for('seaworthy.Environment');

/**
 * One place where the application runs: a cluster with its profile. Everything below it is meant for that cluster,
 * and is written to a folder of its own. Objects of two environments never collide.
 */
export class Environment extends Construct {
  readonly profile: ClusterProfile;
  /** The cluster's Kubernetes release. */
  readonly kubernetes: KubernetesRelease;

  /**
   * @param id the environment's name, a DNS label such as `production`
   * @param profile what the cluster is like; an unknown release is told at synth as UNKNOWN_KUBERNETES
   */
  constructor(scope: Construct, id: string, profile: ClusterProfile = {}) {
    super(scope, id);
    Object.defineProperty(this, ENVIRONMENT, { value: true });
    this.profile = profile;
    this.kubernetes = this.readRelease(profile.kubernetes);
    const wrong = dnsLabel(id);
    if (wrong !== undefined) {
      report(this, { code: 'INVALID_NAME', message: `an environment cannot be called “${id}”: ${wrong}` });
    }
    checkProfile(profile, below('profile', reporter(this)));
  }

  /** The environment that `construct` stands in, where there is one. */
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
      const { place: _, source: __, ...complaint } = error.problems[0];
      report(this, { ...complaint, path: 'profile.kubernetes' });
      return latestRelease;
    }
  }
}

function checkProfile(profile: ClusterProfile, tell: Reporter): void {
  checkKeys(profile, PROFILE_KEYS, tell);
  oneOfKnown(profile.provider, PROVIDERS, 'provider', tell);
  checkKeys(profile.gateway, GATEWAY_KEYS, below('gateway', tell));
  for (const software of profile.installed ?? []) oneOfKnown(software, INSTALLABLE, 'installed', tell);
  for (const [index, pool] of (profile.nodePools ?? []).entries()) {
    const telling = below(`nodePools[${index}]`, tell);
    checkKeys(pool, NODE_POOL_KEYS, telling);
    checkLabels(pool.labels, 'labels', telling);
    for (const taint of pool.taints ?? []) {
      checkKeys(taint, TAINT_KEYS, below('taints', telling));
      oneOfKnown(taint.effect, TAINT_EFFECTS, 'taints.effect', telling);
    }
  }
}

/** The release that `construct` is rendered for: its environment's, else the latest. */
export function kubernetesOf(construct: IConstruct): KubernetesRelease {
  return Environment.of(construct)?.kubernetes ?? latestRelease;
}

/** The class of disks that name none, where the profile knows of one. */
export function defaultStorageClass(construct: IConstruct): string | undefined {
  return Environment.of(construct)?.profile.storageClasses?.[0];
}
