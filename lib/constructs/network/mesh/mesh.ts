import type { ClusterProfile } from '../../../profiles/cluster-profile';
import { isReleaseBefore } from '../../../profiles/installed';
import { isAmbient, MTLS_MODES, type Istio, type Mtls } from '../../../profiles/mesh';
import { Environment } from '../../core/environment';
import { report } from '../../core/problems';
import { anyOf, choice, constant, record } from '../../core/shapes';
import type { PodPart } from '../../workloads/pod/pod';
import type { Part, Trait, TraitPlace } from '../../workloads/trait';
import { joinMesh, meshAt } from './membership';

/** How a workload is in the mesh. */
export interface MeshOptions {
  /**
   * Whether it takes calls without mutual TLS: `'strict'` refuses them, except on ports that its connections open to
   * callers of which it is not known that they are in the mesh.
   * @default that of `mesh` in the profile
   */
  readonly mtls?: Mtls;
}

/** Whether and how a workload is in the service mesh of the cluster. */
export interface MeshProps {
  /**
   * Whether its pods are in the mesh that the profile names, and how. Pods on the network of their node never are.
   * @default in the mesh, where the profile names one
   */
  readonly mesh?: MeshOptions | false;
}

/** The pods of a workload in the mesh: they get a proxy, or go through the one of their node. */
export const mesh: Trait<MeshProps> = {
  shapes: {
    mesh: anyOf<MeshOptions | false>([
      constant(false),
      record<MeshOptions>({ mtls: choice(MTLS_MODES) }, { example: "{ mtls: 'strict' }" }),
    ]),
  },
  members: {},
  attach: (place, props) => attachMesh(place, props),
};

function attachMesh(place: TraitPlace, { mesh: options = {}, ...others }: MeshProps): Part {
  const { workload } = place;
  const found = meshAt(workload);
  if (found === undefined) {
    if (options !== false && options.mtls !== undefined)
      report(workload, {
        code: 'MISSING_PROP',
        path: 'mesh',
        message: 'Required value: the profile of the environment names no mesh',
        hint: "Set `mesh: 'istio'` or `mesh: 'linkerd'` in the profile.",
      });
    return {};
  }
  // Neither mesh redirects the traffic of pods on the network of their node. A trait sees all props of its workload.
  const { hostNetwork: isOnNode = false, traffic } = others as { hostNetwork?: boolean; traffic?: object };
  if (isOnNode && options !== false && options.mtls !== undefined)
    report(workload, {
      code: 'INVALID_PROP',
      path: 'mesh',
      message: 'Forbidden: pods on the network of their node are not in the mesh',
    });
  const isMember = options !== false && !isOnNode;
  const waypoint = traffic !== undefined && isAmbient(found) ? (found as Istio).waypoint : undefined;
  if (isMember) joinMesh(workload, { mesh: found, mtls: options.mtls ?? found.mtls, waypoint });
  const part = isOnNode
    ? {}
    : found.kind === 'istio'
      ? istioPart(found, isMember, isJob(place))
      : linkerdPart(isMember, isJob(place), Environment.of(workload)?.profile ?? {});
  return { renderPod: () => part };
}

function isJob({ kind }: TraitPlace): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

/**
 * Source: "Installing the Sidecar" and "Add workloads to an ambient mesh" of Istio, and its resource annotations. A Job
 * ends only where the proxy is a native sidecar, which is Istio's default from 1.27 on.
 */
function istioPart(mesh: Istio, isMember: boolean, isJob: boolean): PodPart {
  if (isAmbient(mesh)) return { labels: { 'istio.io/dataplane-mode': isMember ? 'ambient' : 'none' } };
  return {
    labels: {
      'sidecar.istio.io/inject': String(isMember),
      ...(isMember && mesh.revision !== undefined && { 'istio.io/rev': mesh.revision }),
    },
    ...(isMember && isJob && { annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } }),
  };
}

/**
 * Source: "Automatic Proxy Injection" and "Native sidecars" of Linkerd: they are the default from 2.20 on, and the
 * annotation was beta in 2.19, and alpha before.
 */
function linkerdPart(isMember: boolean, isJob: boolean, profile: ClusterProfile): PodPart {
  const stage = isReleaseBefore(profile, 'linkerd', '2.19') ? 'alpha' : 'beta';
  const isOptIn = isMember && isJob && isReleaseBefore(profile, 'linkerd', '2.20');
  return {
    annotations: {
      'linkerd.io/inject': isMember ? 'enabled' : 'disabled',
      ...(isOptIn && { [`config.${stage}.linkerd.io/proxy-enable-native-sidecar`]: 'true' }),
    },
  };
}
