import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { Environment } from '../../core/environment';
import type { Reporter } from '../../core/problems';
import type { AdditionsPlace, RouteAdditions } from './additions';
import { asksByAnnotation, bringsListeners, issuerOf, makeAdditions } from './additions';
import type { RoutePlace } from './backends';
import { openPorts, quietTargets } from './backends';
import { HostCertificates, hostsOf } from './certificates';
import type { RouteKind, RouteSpec } from './kind';
import { routeKind } from './kind';
import { renderRoute } from './render';

/** A route before its object is made. */
export interface PlannedRoute {
  readonly apiVersion: string;
  readonly kind: RouteKind;
  /** Annotations that it needs, in addition to those of its props. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The workloads that it leads to. */
  readonly workloads: readonly object[];
  readonly render: (report: Reporter) => { readonly spec: object };
  /** Makes the objects that it needs in addition to itself. */
  readonly makeAdditions: (id: string, metadata: ApiObjectMetadata) => RouteAdditions;
}

/**
 * Decides what a route becomes in its cluster, and lets everyone call the ports that it leads to. It is called once for each
 * route: the first one on a host has its certificate.
 */
export function planRoute(
  spec: RouteSpec,
  place: RoutePlace & { readonly construct: Construct },
): PlannedRoute {
  const profile = Environment.of(place.construct)?.profile;
  const { apiVersion, kind } = routeKind(spec, place, profile);
  const { base, rules } = spec;
  const holdsCertificate = kind === 'Ingress' || bringsListeners(base, profile);
  const hosts = hostsOf(base, () => undefined);
  const certificates = new HostCertificates(place, hosts, holdsCertificate ? base.tls : undefined);
  const targets = quietTargets(rules, place);
  openPorts(targets);
  const issuer = issuerOf(profile);
  const isAsked = base.tls === true && issuer !== undefined && asksByAnnotation({ kind, certificates });
  const rendering = { ...place, kind, profile, certificates };
  return {
    apiVersion,
    kind,
    annotations: isAsked ? { 'cert-manager.io/cluster-issuer': issuer } : {},
    workloads: [...new Set(targets.flatMap(({ workload }) => workload ?? []))],
    render: (report) => ({ spec: renderRoute(spec, rendering, report) }),
    makeAdditions: (id, metadata) =>
      makeAdditions(spec, { ...rendering, id, metadata } satisfies AdditionsPlace),
  };
}
