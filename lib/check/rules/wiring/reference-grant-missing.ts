import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { deployerOf } from '../../../graph/makers/open';
import { namespaceOf } from '../../../graph/namespace';
import { knownOf } from '../../../graph/objects';
import type { NamingReference, Target } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';

const GATEWAY = 'gateway.networking.k8s.io';

export const referenceGrantMissing: Rule = {
  name: 'wiring/reference-grant-missing',
  severity: 'error',
  about:
    'Finds routes to a Service and Gateways with a certificate in another namespace that no ReferenceGrant allows.',
  why: 'The Gateway rejects the reference, and answers with status 500 or without a certificate. A warning where a chart or repository in the set may create the grant.',
  run(cluster, report) {
    const grants = grantsOf(cluster);
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.resolution === 'missing' || !needsGrant(reference))
        continue;
      const { from, target, beside, path } = reference;
      const [any, named] = keysOf(from, target);
      if (grants.has(any) || grants.has(named)) continue;
      const kind = `${target.kind} ${target.name}`;
      const message = `no ReferenceGrant in namespace "${target.namespace ?? ''}" allows ${formatId(from.id)} to reference ${kind}`;
      const hint = `Add a ReferenceGrant there, from ${from.id.kind} in namespace "${namespaceOf(from)}" to ${target.kind}.`;
      const deployer = deployerOf(cluster, { group: GATEWAY, namespace: target.namespace ?? '' }, from);
      if (deployer === undefined) report(from, beside.namespace ?? path, message, hint);
      else {
        const doubt = `${formatId(deployer.id)} may create one`;
        report(from, beside.namespace ?? path, `${message}, but ${doubt}`, hint, 'warning');
      }
    }
  },
};

/** Source: Gateway API, ReferenceGrant: backends of routes and certificates of Gateways need one. */
function needsGrant({ role, from, target }: NamingReference): boolean {
  if (groupOf(from.id.apiVersion) !== GATEWAY || target.namespace === namespaceOf(from)) return false;
  return role === 'route-backend' || role === 'tls-secret';
}

/**
 * What the grants allow: from which kind in which namespace, to which kind in which namespace, of any name or of one. A
 * grant has at most 16 of each (`maxItems` of ReferenceGrantSpec).
 */
function grantsOf(cluster: Cluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { root, namespace } of knownOf(cluster, `${GATEWAY}/ReferenceGrant`)) {
    const spec = root.child('spec');
    for (const from of spec.list('from').filter((each) => each.at('group').text === GATEWAY)) {
      for (const to of spec.list('to')) {
        const ends = [
          from.at('kind').text,
          from.at('namespace').text,
          to.at('group').text,
          to.at('kind').text,
          namespace,
        ];
        found.add(JSON.stringify(to.at('name').isSet ? [...ends, to.at('name').text] : ends));
      }
    }
  }
  return found;
}

/** The grants that would allow a reference: to any name, or to this one. */
function keysOf(from: Manifest, { group, kind, namespace = '', name }: Target): [any: string, named: string] {
  const ends = [from.id.kind, namespaceOf(from), group, kind, namespace];
  return [JSON.stringify(ends), JSON.stringify([...ends, name])];
}
