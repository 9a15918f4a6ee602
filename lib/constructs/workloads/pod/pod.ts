import { ipProblem } from '../../../kube/ip';
import { dnsSubdomain } from '../../../kube/names';
import type { FeatureGates } from '../../../kube/feature-gates';
import type { ContainerProps } from '../container/container';
import type { Env } from '../container/env';
import { renderEnv } from '../container/env';
import type { RenderMount } from '../container/mounts';
import type { Security, SecurityProfile } from '../container/security';
import { readSecurity, renderPodSecurity, SECURITY } from '../container/security';
import type { Reporter } from '../../core/problems';
import type { ClassOf } from '../../storage/claim';
import { below } from '../../core/problems';
import { nonEmpty, nonEmptyRecord, optional, integer } from '../../core/props';
import type { Reference } from '../../core/reference';
import { PULL_SECRETS, renderPullSecrets } from '../../core/reference';
import type { Shapes } from '../../core/shape';
import { choice, ENTRIES, flag, kubernetesObject, list, mapOf, number, text } from '../../core/shapes';
import { CHECKSUM_ANNOTATION, configChecksum } from './checksum';
import type { ContainersProps } from './containers';
import { CONTAINERS_SHAPES, containersOf, namesOfVolumes, renderContainers } from './containers';
import { checkHostPorts } from './host-ports';
import type { SchedulingPlace, SchedulingProps } from './scheduling';
import { renderScheduling, SCHEDULING_SHAPES } from './scheduling';
import { checkSyncedSecrets } from './synced-secrets';
import { Volumes } from './volumes';

export type { InitContainerProps } from './containers';

/** Props of a pod, apart from its main container. */
export interface PodProps extends ContainersProps, SchedulingProps {
  /** What the pod may do: a level of the Pod Security Standards, or in detail. @default 'restricted' */
  readonly security?: SecurityProfile | Security;
  /** Secrets with the credentials of image registries. @default none */
  readonly imagePullSecrets?: readonly (string | Reference<'Secret'>)[];
  /** Seconds that containers get to stop before they are killed. @default 30, set by the API server */
  readonly terminationGracePeriod?: number;
  /** Labels of the pods, in addition to the selector's. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Whether the pod uses the node's network; it still resolves Services. @default false */
  readonly hostNetwork?: boolean;
  /** Whether the pod sees the node's processes. @default false */
  readonly hostPID?: boolean;
  /** Whether the pod uses the node's inter-process communication. @default false */
  readonly hostIPC?: boolean;
  /** Whether the containers see each other's processes. @default false */
  readonly shareProcessNamespace?: boolean;
  /** How names are resolved. @default 'ClusterFirst', and 'ClusterFirstWithHostNet' on the node's network */
  readonly dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  /** DNS settings, as PodDNSConfig of core/v1: `{ nameservers, searches, options }`. @default none */
  readonly dnsConfig?: Readonly<Record<string, unknown>>;
  /** Further entries of /etc/hosts: host names by address. @default none */
  readonly hostAliases?: Readonly<Record<string, readonly string[]>>;
  /** Whether containers get environment variables for every Service of the namespace. @default true, set by the API server */
  readonly enableServiceLinks?: boolean;
}

export const POD_SHAPES: Shapes<PodProps> = {
  ...CONTAINERS_SHAPES,
  ...SCHEDULING_SHAPES,
  security: SECURITY,
  imagePullSecrets: PULL_SECRETS,
  terminationGracePeriod: number,
  podLabels: ENTRIES,
  podAnnotations: ENTRIES,
  hostNetwork: flag,
  hostPID: flag,
  hostIPC: flag,
  shareProcessNamespace: flag,
  dnsPolicy: choice(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
  dnsConfig: kubernetesObject,
  hostAliases: mapOf(list(text), "{ '10.0.0.1': ['db.example'] }"),
  enableServiceLinks: flag,
};

/** What a pod template needs to know of its workload. */
export interface PodPlace<S> extends SchedulingPlace {
  readonly containerName: string;
  /** @internal */
  readonly gates: FeatureGates;
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
  /** The name of a storage class. @default the cluster's default class, and words as they are */
  readonly classOf?: ClassOf;
}

/** What a trait adds to the pods of its workload. */
export interface PodPart {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Variables of the main container, before its own; one of the same name of its own wins. */
  readonly env?: Env;
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
  const spec = renderPodSpec(props, place, report);
  for (const part of place.parts) {
    Object.assign(labels, part.labels);
    Object.assign(annotations, part.annotations);
    Object.assign(spec, part.spec);
    if (part.env !== undefined)
      addEnv(spec, props.containerName ?? place.containerName, renderEnv(part.env, place.gates, report));
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

/** Adds variables to a container, before its own. */
function addEnv(spec: Record<string, unknown>, name: string, variables: readonly object[]): void {
  const containers = spec['containers'] as readonly {
    readonly name: string;
    readonly env?: readonly object[];
  }[];
  const nameOf = (variable: object): unknown => ('name' in variable ? variable.name : undefined);
  spec['containers'] = containers.map((container) => {
    if (container.name !== name) return container;
    const own = new Set((container.env ?? []).map(nameOf));
    const added = variables.filter((variable) => !own.has(nameOf(variable)));
    return { ...container, env: [...added, ...(container.env ?? [])] };
  });
}

/** Seconds that a pod gets to stop by default (DefaultTerminationGracePeriodSeconds of core/v1). */
const GRACE_PERIOD = 30;

function renderPodSpec<S>(
  props: PodTemplateProps<S>,
  place: PodPlace<S>,
  report: Reporter,
): Record<string, unknown> {
  const security = readSecurity(props.security, below('security', report));
  const { claims = [], classOf } = place;
  const named = namesOfVolumes(props);
  const volumes = new Volumes({ named, claims, ...optional('classOf', classOf) });
  const grace = integer(props.terminationGracePeriod, 'terminationGracePeriod', 0, report);
  checkPod(props, place.gates, report);
  checkSyncedSecrets(containersOf(props), report);
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

/** Reports what the API server refuses in a pod, apart from its containers. Source: ValidatePodSpec of core/v1. */
function checkPod(
  { dnsPolicy, dnsConfig, hostAliases = {}, ...props }: PodProps,
  gates: FeatureGates,
  report: Reporter,
): void {
  if (dnsPolicy === 'None' && dnsConfig?.['nameservers'] === undefined) {
    const message = 'Required value: dnsPolicy "None" needs `nameservers`';
    report({ code: 'MISSING_PROP', path: 'dnsConfig', message });
  }
  if (props.shareProcessNamespace === true && props.hostPID === true) {
    const message = 'Forbidden: not allowed with hostPID';
    report({ code: 'INVALID_PROP', path: 'shareProcessNamespace', message });
  }
  for (const [address, names] of Object.entries(hostAliases)) {
    const path = `hostAliases.${address}`;
    const bad = ipProblem(address, gates);
    if (bad !== undefined)
      report({ code: 'INVALID_PROP', path, message: `Invalid value: "${address}": ${bad}` });
    for (const name of names) {
      const wrong = dnsSubdomain(name);
      if (wrong !== undefined)
        report({ code: 'INVALID_NAME', path, message: `Invalid value: "${name}": ${wrong}` });
    }
  }
}
