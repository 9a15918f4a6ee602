import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import type { Field } from '../../../manifest/field';
import { policiesOf } from '../../../graph/policies';
import { namespaceName } from '../../../graph/policy-peers';
import { worldOf } from '../../../graph/references';
import { selectsNothing } from '../selects-nothing';
import { isSlip } from '../../../kube/slip';
import type { World } from '../../../graph/world';

const podsOfPeers = selectsNothing(['policy-peer']);

export const networkPolicyPeerMissing: Rule = {
  name: 'wiring/network-policy-peer-missing',
  severity: 'error',
  about:
    'Finds NetworkPolicy peers whose podSelector matches no pod in the known namespaces, or whose namespace is misspelled.',
  why: 'The intended pods are blocked. An error where labels or the namespace are a letter off; a warning otherwise, since peers are often pods of others.',
  run(cluster, report) {
    podsOfPeers(cluster, report);
    const world = worldOf(cluster);
    const near = nearestNamespace(world);
    for (const policy of policiesOf(cluster)) {
      for (const rule of [...(policy.rules.ingress ?? []), ...(policy.rules.egress ?? [])]) {
        for (const peer of rule.peers)
          checkNamespace(near, peer, (...found) => report(policy.manifest, ...found));
      }
    }
  },
};

/** An unknown namespace may exist in the cluster, unless its name is nearly that of a known one. */
function checkNamespace(
  nearest: (name: string) => string | undefined,
  peer: Field,
  report: (...found: OmitFirst<Parameters<Report>>) => void,
): void {
  const at = namespaceName(peer);
  const name = at.text;
  const near = name === '' ? undefined : nearest(name);
  if (near !== undefined) report(at.path, `namespace "${name}" not found`, `Did you mean "${near}"?`);
}

/** The known namespace nearest to an unknown one; each name is compared with the others only once. */
function nearestNamespace(world: World): (name: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (name) => {
    if (found.has(name)) return found.get(name);
    const isKnown =
      world.isKnownNamespace(name) || world.find({ group: '', kind: 'Namespace', name }) !== undefined;
    const near = isKnown ? undefined : nearest(name, world.namespaces);
    found.set(name, near !== undefined && isSlip(name, near, 2) ? near : undefined);
    return found.get(name);
  };
}

type OmitFirst<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
