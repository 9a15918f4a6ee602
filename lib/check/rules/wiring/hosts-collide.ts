import type { Cluster } from '../../../graph/cluster';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { hostClaimsOf, type HostClaim } from '../../../graph/claimed-hosts';
import { folderDoubt } from '../../../graph/folders';
import { namespaceOf } from '../../../graph/namespace';

export const hostsCollide: Rule = {
  name: 'wiring/hosts-collide',
  severity: 'error',
  about:
    'Finds Ingresses of one class, or routes of one Gateway, with the same host and path: an error where they send the requests to different backends, and the controller is known to serve both at one address. Warns of an HTTPRoute and a GRPCRoute on one host of a listener.',
  why: 'Only one of them gets the requests, usually the older one, or the controller rejects the second.',
  run(cluster, report) {
    const first = new Map<string, HostClaim>();
    const routes = new Map<string, HostClaim>();
    for (const manifest of cluster.set) {
      const found: Collision[] = [];
      for (const claim of hostClaimsOf(cluster, manifest)) {
        const other = first.get(claim.key);
        if (other === undefined) first.set(claim.key, claim);
        else if (!isCopy(other, claim)) found.push(collision(other, claim));
      }
      const worst = found.find(({ isProven }) => isProven) ?? found[0];
      if (worst === undefined) {
        const both = kindsCollide(cluster, manifest, routes);
        if (both !== undefined)
          report(manifest, both.path, both.text, 'Give gRPC a host of its own.', 'warning');
        continue;
      }
      const { claim, text, isProven } = worst;
      report(manifest, claim.at.path, text, 'Use another host or path.', isProven ? undefined : 'warning');
    }
  },
};

/**
 * A route whose host another kind of route has at the same listener. The Gateway API lets an implementation accept only one of
 * the two (GRPCRouteSpec.hostnames, a requirement until 1.6).
 */
function kindsCollide(
  cluster: Cluster,
  manifest: Manifest,
  routes: Map<string, HostClaim>,
): { readonly path: string; readonly text: string } | undefined {
  for (const claim of hostClaimsOf(cluster, manifest)) {
    if (claim.place === undefined) continue;
    const other = routes.get(claim.place);
    if (other === undefined) routes.set(claim.place, claim);
    else if (other.by.id.kind !== claim.by.id.kind && folderDoubt(other.by, manifest) === undefined) {
      const host = claim.address.split(' /')[0] ?? '';
      const text = `${host} is already used by ${formatId(other.by.id)}: a Gateway may accept only one of an HTTPRoute and a GRPCRoute on a host`;
      return { path: 'spec.hostnames', text };
    }
  }
  return undefined;
}

interface Collision {
  readonly claim: HostClaim;
  readonly text: string;
  readonly isProven: boolean;
}

function collision(other: HostClaim, claim: HostClaim): Collision {
  const isWithin = other.by === claim.by;
  const whose = isWithin ? 'this object' : formatId(other.by.id);
  const used = `${claim.address} is already used by ${whose} at ${other.at.path}`;
  if (other.backends === claim.backends)
    return { claim, text: `${used}, with the same backends`, isProven: false };
  const doubt = isWithin ? undefined : (claim.doubt ?? folderDoubt(other.by, claim.by));
  if (doubt !== undefined) return { claim, text: `${used}, but ${doubt}`, isProven: false };
  return { claim, text: `${used}, with other backends: one of them gets no requests`, isProven: true };
}

/** wiring/duplicate-identity reports copies of one object. */
function isCopy(a: HostClaim, b: HostClaim): boolean {
  if (a.by === b.by) return false;
  return (
    a.by.id.kind === b.by.id.kind && a.by.id.name === b.by.id.name && namespaceOf(a.by) === namespaceOf(b.by)
  );
}
