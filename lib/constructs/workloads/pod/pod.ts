import { ipProblem } from '../../../kube/ip';
import { dnsSubdomain } from '../../../kube/names';
import type { KubernetesRelease } from '../../../kube/schema';
import type { ContainerProps } from '../container/container';
import type { RenderMount } from '../container/mounts';
import type { Security, SecurityProfile } from '../container/security';
import { readSecurity, renderPodSecurity } from '../container/security';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import type { Keys } from '../../core/props';
import { nonEmpty, nonEmptyRecord, oneOfKnown, optional, wholeNumber } from '../../core/props';
import type { Reference } from '../../core/reference';
import { renderPullSecrets } from '../../core/reference';
import { CHECKSUM_ANNOTATION, configChecksum } from './checksum';
import type { ContainersProps } from './containers';
import { CONTAINERS_KEYS, containersOf, namesOfVolumes, renderContainers } from './containers';
import { checkHostPorts } from './host-ports';
import type { SchedulingPlace, SchedulingProps } from './scheduling';
import { renderScheduling, SCHEDULING_KEYS } from './scheduling';
import { Volumes } from './volumes';

export type { InitContainerProps } from './containers';

/** A pod beside its main container. */
export interface PodProps extends ContainersProps, SchedulingProps {
  /** What the pod may do: a level of the Pod Security Standards, or in detail. @default 'restricted' */
  readonly security?: SecurityProfile | Security;
  /** Secrets with the logins of image registries. @default none */
  readonly imagePullSecrets?: readonly (string | Reference<'Secret'>)[];
  /** Seconds from being told to end until being killed. @default 30, as the API server fills in */
  readonly terminationGracePeriod?: number;
  /** Labels of the pods beside the selector's. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Whether the pod shares the node's network; its DNS still finds Services. @default false */
  readonly hostNetwork?: boolean;
  /** Whether the pod sees the node's processes. @default false */
  readonly hostPID?: boolean;
  /** Whether the pod shares the node's inter-process communication. @default false */
  readonly hostIPC?: boolean;
  /** Whether the containers see each other's processes. @default false */
  readonly shareProcessNamespace?: boolean;
  /** @default 'ClusterFirst', and 'ClusterFirstWithHostNet' on the node's network */
  readonly dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  /** DNS settings as the API has them: `{ nameservers, searches, options }`. @default none */
  readonly dnsConfig?: Readonly<Record<string, unknown>>;
  /** Further lines of /etc/hosts: names by address. @default none */
  readonly hostAliases?: Readonly<Record<string, readonly string[]>>;
  /** Whether every Service of the namespace becomes a set of variables. @default true, as the API server fills in */
  readonly enableServiceLinks?: boolean;
}

export const POD_KEYS: Keys<PodProps> = {
  ...CONTAINERS_KEYS,
  ...SCHEDULING_KEYS,
  security: true,
  imagePullSecrets: true,
  terminationGracePeriod: true,
  podLabels: true,
  podAnnotations: true,
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  shareProcessNamespace: true,
  dnsPolicy: true,
  dnsConfig: true,
  hostAliases: true,
  enableServiceLinks: true,
};

/** What a pod template needs to know of its workload. */
export interface PodPlace<S> extends SchedulingPlace {
  readonly containerName: string;
  readonly kubernetes: KubernetesRelease;
  /** What traits add to the pods. */
  readonly parts: readonly PodPart[];
  readonly restartPolicy?: 'Never' | 'OnFailure';
  readonly defaultPort?: string;
  /** Whether a Service leads to the main container. @default false */
  readonly served?: boolean;
  /** Mounts storage of a kind that only this workload knows. */
  readonly mount?: RenderMount<S>;
  /** Names of the volumes that a StatefulSet makes from claim templates. */
  readonly claims?: readonly string[];
  /** Class of disks that name none. @default the cluster's default class */
  readonly storageClass?: string;
}

/** What a trait adds to the pods of its workload. */
export interface PodPart {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the pod's `spec`; they replace fields of the same name. */
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** The main container is described by the same props as its pod. */
export type PodTemplateProps<S> = ContainerProps<S> & PodProps;

/** `template` of a workload: metadata and spec of its pods. */
export function renderPodTemplate<S>(
  props: PodTemplateProps<S>,
  place: PodPlace<S>,
  report: Reporter,
): object {
  const checksum = configChecksum(containersOf(props));
  const labels: Record<string, string> = {};
  const annotations: Record<string, string> = {};
  const spec: Record<string, unknown> = { ...renderPodSpec(props, place, report) };
  for (const part of place.parts) {
    Object.assign(labels, part.labels);
    Object.assign(annotations, part.annotations);
    Object.assign(spec, part.spec);
  }
  Object.assign(annotations, props.podAnnotations, optional(CHECKSUM_ANNOTATION, checksum));
  return {
    metadata: {
      labels: { ...labels, ...props.podLabels, ...place.selector },
      ...nonEmptyRecord('annotations', annotations),
    },
    spec,
  };
}

const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

/** Seconds that a pod gets to end where it does not say (core/v1 DefaultTerminationGracePeriodSeconds). */
const GRACE_PERIOD = 30;

function renderPodSpec<S>(props: PodTemplateProps<S>, place: PodPlace<S>, report: Reporter): object {
  const security = readSecurity(props.security, below('security', report));
  const { claims = [], storageClass } = place;
  const given = namesOfVolumes(props);
  const volumes = new Volumes({ given, claims, ...optional('storageClass', storageClass) });
  const grace = wholeNumber(props.terminationGracePeriod, 'terminationGracePeriod', 0, report);
  checkPod(props, place.kubernetes, report);
  checkHostPorts(containersOf(props), props.hostNetwork === true, report);
  const surroundings = { security, volumes, gracePeriod: grace ?? GRACE_PERIOD, ...place };
  const { containers, initContainers } = renderContainers(props, surroundings, report);
  return {
    containers,
    ...nonEmpty('initContainers', initContainers),
    ...nonEmpty('volumes', volumes.render()),
    ...nonEmpty('imagePullSecrets', renderPullSecrets(props.imagePullSecrets, report)),
    ...renderPodSecurity(security),
    ...optional('restartPolicy', place.restartPolicy),
    ...optional('terminationGracePeriodSeconds', grace),
    ...renderScheduling(props, place, report),
    ...optional('hostNetwork', props.hostNetwork),
    ...optional('hostPID', props.hostPID),
    ...optional('hostIPC', props.hostIPC),
    ...optional('shareProcessNamespace', props.shareProcessNamespace),
    ...optional(
      'dnsPolicy',
      props.dnsPolicy ?? (props.hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined),
    ),
    ...optional('dnsConfig', props.dnsConfig),
    ...nonEmpty(
      'hostAliases',
      Object.entries(props.hostAliases ?? {}).map(([ip, hostnames]) => ({ ip, hostnames })),
    ),
    ...optional('enableServiceLinks', props.enableServiceLinks),
  };
}

/** Tells of what the API server refuses in a pod beside its containers. Source: ValidatePodSpec of core/v1. */
function checkPod(
  { dnsPolicy, dnsConfig, hostAliases = {}, ...props }: PodProps,
  kubernetes: KubernetesRelease,
  report: Reporter,
): void {
  oneOfKnown(dnsPolicy, DNS_POLICIES, 'dnsPolicy', report);
  if (dnsPolicy === 'None' && dnsConfig?.['nameservers'] === undefined) {
    const message = 'without a policy the pod needs `nameservers`';
    report({ code: 'MISSING_PROP', path: 'dnsConfig', message });
  }
  if (props.shareProcessNamespace === true && props.hostPID === true) {
    const message = 'cannot be, since the pod sees all processes of the node';
    report({ code: 'INVALID_PROP', path: 'shareProcessNamespace', message });
  }
  for (const [address, names] of Object.entries(hostAliases)) {
    const path = `hostAliases.${address}`;
    const bad = ipProblem(address, kubernetes);
    if (bad !== undefined) report({ code: 'INVALID_PROP', path, message: `"${address}": ${bad}` });
    for (const name of names) {
      const wrong = dnsSubdomain(name);
      if (wrong !== undefined)
        report({ code: 'INVALID_NAME', path, message: `"${name}" is no host name: ${wrong}` });
    }
  }
}
