import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import type { Field } from '../../../manifest/field';
import { policiesOf } from '../../../graph/policies';
import { worldOf } from '../../../graph/references';
import { selectsNothing } from '../selects-nothing';
import type { World } from '../../../graph/world';

const NAME = 'kubernetes.io/metadata.name';
const podsOfPeers = selectsNothing(['policy-peer']);

export const networkPolicyPeerMissing: Rule = {
  name: 'wiring/network-policy-peer-missing',
  severity: 'error',
  about:
    'Finds peers of NetworkPolicies whose podSelector matches no pod in the namespaces that are known, or that are in a namespace which is misspelled.',
  why: 'The pods that were meant are locked out.',
  run(cluster, report) {
    podsOfPeers(cluster, report);
    const world = worldOf(cluster);
    const near = nearestNamespace(world);
    for (const policy of policiesOf(cluster)) {
      for (const rule of [...(policy.rules.ingress ?? []), ...(policy.rules.egress ?? [])]) {
        for (const peer of rule.peers) checkNamespace(near, peer, (...found) => report(policy.of, ...found));
      }
    }
  },
};

/** A namespace may be somebody else's, unless it is nearly one of ours. */
function checkNamespace(
  nearest: (name: string) => string | undefined,
  peer: Field,
  tell: (...found: OmitFirst<Parameters<Report>>) => void,
): void {
  const at = peer.at('namespaceSelector', 'matchLabels', NAME);
  const name = at.text;
  const near = name === '' ? undefined : nearest(name);
  if (near !== undefined) tell(at.path, `nobody knows a namespace "${name}"`, `Did you mean "${near}"?`);
}

/** What comes nearest to a namespace that is not known; each name is compared with all others only once. */
function nearestNamespace(world: World): (name: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (name) => {
    if (found.has(name)) return found.get(name);
    const isKnown =
      world.isKnownNamespace(name) || world.find({ group: '', kind: 'Namespace', name }) !== undefined;
    const near = isKnown ? undefined : nearest(name, world.namespaces);
    found.set(name, near);
    return near;
  };
}

type OmitFirst<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
