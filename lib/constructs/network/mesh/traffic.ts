import type { CustomPatches } from '../../../kube/custom/patches';
import { isAmbient, type Istio, type Linkerd } from '../../../profiles/mesh';
import { KubeObject } from '../../core/object';
import { below, report, reporter, type Reporter } from '../../core/problems';
import type { NamedPort } from '../../workloads/container/ports';
import type { Trait, TraitPlace } from '../../workloads/trait';
import { findPart } from '../../workloads/trait';
import type { Peer } from '../peer';
import { namespaceOf } from '../peer';
import { service } from '../service';
import { checkRetries, gammaSpec } from './gamma';
import { linkerdAnnotations } from './linkerd-traffic';
import { membershipOf, meshAt } from './membership';
import { checkTraffic, MESH_TRAFFIC, type Calls, type MeshTraffic } from './traffic-props';
import { virtualServiceSpec } from './virtual-service';

/** How a workload is called within the mesh. */
export interface MeshTrafficProps {
  /**
   * Timeouts, retries and splits of calls to its Service by others in the mesh that `mesh` of the profile names.
   * @default the mesh's own
   */
  readonly traffic?: MeshTraffic;
}

/** What an override of a route within a mesh may hold: that of Istio's proxies, or that of the Gateway API. */
export type MeshRoutePatch = CustomPatches['VirtualService'] | CustomPatches['HTTPRoute'];

/**
 * How the Service of a workload is called within the mesh.
 *
 * | object | when | why |
 * |---|---|---|
 * | VirtualService | with `traffic`, in an Istio mesh with proxies in pods | has timeouts, retries and splits |
 * | HTTPRoute | with `traffic` in ambient mode, and with `traffic.to` under Linkerd | the same; annotations of the Service or route have them under Linkerd |
 */
export interface MeshRouted {
  /** The VirtualService or HTTPRoute of calls within the mesh; `undefined` where there is none. */
  readonly meshRoute: KubeObject<MeshRoutePatch> | undefined;
}

/** Timeouts, retries and splits of a Service in the mesh. */
export const meshTraffic: Trait<MeshTrafficProps, MeshRouted> = {
  shapes: {
    traffic: MESH_TRAFFIC,
  },
  members: { meshRoute: true },
  attach: (place, { traffic }) => {
    if (traffic === undefined) return { meshRoute: undefined };
    return { meshRoute: attachTraffic({ ...place, ports: portsOfService(place) }, traffic) };
  },
};

const RETRIED = [502, 503, 504];

function attachTraffic(place: TraitPlace, props: MeshTraffic): KubeObject<MeshRoutePatch> | undefined {
  const { workload, ports } = place;
  const here = below('traffic', reporter(workload));
  const mesh = meshAt(workload);
  const port = props.port === undefined ? ports[0] : ports.find(({ name }) => name === props.port);
  if (!checkPlace(workload, mesh, here) || !checkTraffic(props, here)) return undefined;
  if (port === undefined) {
    const names = ports.map(({ name }) => name).join(', ') || 'none';
    here({
      code: 'INVALID_PORT',
      path: 'port',
      message: `unknown port "${props.port ?? ''}"; the Service has ${names}`,
    });
    return undefined;
  }
  const { retries: given, timeout, to = [] } = props;
  const {
    attempts,
    timeout: perTry,
    on = RETRIED,
  } = typeof given === 'number' ? { attempts: given } : (given ?? { attempts: 0 });
  const calls: Calls = {
    to: to.map((each) => ({
      ...each,
      ports: portsOfService({ workload: each.service, ports: each.service.ports }),
    })),
    port,
    own: 100 - to.reduce((sum, { weight }) => sum + weight, 0),
    retries:
      given === undefined ? undefined : { attempts, on, ...(perTry !== undefined && { timeout: perTry }) },
    ...(timeout !== undefined && { timeout }),
  };
  return mesh.kind === 'linkerd' ? attachLinkerd(place, calls) : attachIstio(place, mesh, calls, here);
}

/** The ports that the Service of a workload leads to. */
function portsOfService({ workload, ports }: Pick<TraitPlace, 'workload' | 'ports'>): readonly NamedPort[] {
  return findPart(workload, service)?.served ?? ports;
}

/** Whether there is a mesh that can do it, with the workload in it. */
function checkPlace(
  workload: Peer,
  mesh: Istio | Linkerd | undefined,
  here: Reporter,
): mesh is Istio | Linkerd {
  if (mesh === undefined) {
    const message = 'Required value: the profile of the environment names no mesh';
    report(workload, {
      code: 'MISSING_PROP',
      path: 'mesh',
      message,
      hint: "Set `mesh: 'istio'` or `mesh: 'linkerd'` in the profile.",
    });
    return false;
  }
  if (membershipOf(workload) === undefined) {
    here({ code: 'INVALID_PROP', message: 'Forbidden: the pods are not in the mesh' });
    return false;
  }
  if (mesh.kind === 'istio' && isAmbient(mesh) && mesh.waypoint === undefined) {
    const message = 'Required value: in ambient mode, only a waypoint reads HTTP, and the profile names none';
    const hint = "Set `mesh: { kind: 'istio', mode: 'ambient', waypoint: 'waypoint' }` in the profile.";
    report(workload, { code: 'MISSING_PROP', path: 'mesh.waypoint', message, hint });
    return false;
  }
  return true;
}

function attachIstio(
  place: TraitPlace,
  mesh: Istio,
  calls: Calls,
  here: Reporter,
): KubeObject<MeshRoutePatch> {
  const { workload, name, metadata } = place;
  if (!isAmbient(mesh))
    return new KubeObject<MeshRoutePatch>(workload, 'mesh-route', {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: metadata(),
      content: () => ({ spec: virtualServiceSpec(name, place.ports, calls, namespaceOf(workload)) }),
    });
  checkRetries(workload, calls, here);
  findPart(workload, service)?.service.metadata.addLabel('istio.io/use-waypoint', mesh.waypoint ?? '');
  return httpRoute(place, calls);
}

/** Annotations of a route replace those of its Service. */
function attachLinkerd(place: TraitPlace, calls: Calls): KubeObject<MeshRoutePatch> | undefined {
  const annotations = linkerdAnnotations(calls);
  if (calls.to.length > 0) return httpRoute(place, calls, annotations);
  const served = findPart(place.workload, service)?.service.metadata;
  for (const [key, value] of Object.entries(annotations)) served?.addAnnotation(key, value);
  return undefined;
}

/** A route with the Service as its parent, next to which a route from outside may have the workload's name. */
function httpRoute(
  { workload, name, metadata }: TraitPlace,
  calls: Calls,
  annotations?: Readonly<Record<string, string>>,
): KubeObject<MeshRoutePatch> {
  return new KubeObject<MeshRoutePatch>(workload, 'mesh-route', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...metadata(annotations), name: `${name}-mesh` },
    content: () => ({ spec: gammaSpec(name, calls, annotations === undefined, namespaceOf(workload)) }),
  });
}
