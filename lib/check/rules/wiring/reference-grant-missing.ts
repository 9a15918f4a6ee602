import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import type { NamingReference, Target } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';

const GATEWAY = 'gateway.networking.k8s.io';

export const referenceGrantMissing: Rule = {
  name: 'wiring/reference-grant-missing',
  severity: 'error',
  about:
    'Finds routes to a Service and Gateways with a certificate in another namespace that no ReferenceGrant allows.',
  why: 'The Gateway rejects the reference, and answers with status 500 or without a certificate.',
  run(cluster, report) {
    const grants = grantsOf(cluster);
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.resolution === 'missing' || !needsGrant(reference))
        continue;
      const { from, target, beside, path } = reference;
      if ((grants.get(target.namespace ?? '') ?? []).some((grant) => allows(grant, from, target))) continue;
      const kind = `${target.kind} ${target.name}`;
      const message = `no ReferenceGrant in namespace "${target.namespace ?? ''}" allows ${formatId(from.id)} to reference ${kind}`;
      const hint = `Add a ReferenceGrant there, from ${from.id.kind} in namespace "${namespaceOf(from)}" to ${target.kind}.`;
      report(from, beside.namespace ?? path, message, hint);
    }
  },
};

/** Source: Gateway API, ReferenceGrant: backends of routes and certificates of Gateways need one. */
function needsGrant({ role, from, target }: NamingReference): boolean {
  if (groupOf(from.id.apiVersion) !== GATEWAY || target.namespace === namespaceOf(from)) return false;
  return role === 'route-backend' || role === 'tls-secret';
}

/** The grants by their namespace. */
function grantsOf({ set, assumed }: Cluster): ReadonlyMap<string, Field[]> {
  const grants = new Map<string, Field[]>();
  for (const manifest of [...set, ...assumed]) {
    if (manifest.id.kind !== 'ReferenceGrant') continue;
    const namespace = namespaceOf(manifest);
    const spec = Field.root(manifest.object).at('spec');
    grants.set(namespace, [...(grants.get(namespace) ?? []), spec]);
  }
  return grants;
}

function allows(grant: Field, from: Manifest, target: Target): boolean {
  const isFrom = grant
    .list('from')
    .some(
      (each) =>
        each.at('group').text === GATEWAY &&
        each.at('kind').text === from.id.kind &&
        each.at('namespace').text === namespaceOf(from),
    );
  const isTo = grant
    .list('to')
    .some(
      (each) =>
        each.at('group').text === target.group &&
        each.at('kind').text === target.kind &&
        (!each.at('name').isSet || each.at('name').text === target.name),
    );
  return isFrom && isTo;
}
