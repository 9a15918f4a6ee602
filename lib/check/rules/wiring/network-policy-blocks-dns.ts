import { grouped } from '../../../kube/grouped';
import { withoutDns } from '../../../graph/dns';
import { listObjects } from '../../../graph/describe';
import type { Rule } from '../../rule';

/** A policy of the cluster that is in no file may allow it, so that this is no proof. */
export const networkPolicyBlocksDns: Rule = {
  name: 'wiring/network-policy-blocks-dns',
  severity: 'warning',
  about:
    'Finds egress policies that let pods connect to something, and not to a DNS server. Pods that may connect to nothing are left alone.',
  why: 'The pods cannot resolve names, not even those of the Services that they may connect to.',
  run(cluster, report) {
    const judged = new Set(cluster.set);
    for (const [{ manifest }, blocked] of grouped(withoutDns(cluster), ({ policy }) => policy)) {
      if (!judged.has(manifest)) continue;
      const who = listObjects(blocked.map(({ pods }) => pods.manifest));
      const why = blocked.every(({ hasTcp }) => hasTcp)
        ? 'port 53 is allowed over TCP only, and resolvers use UDP'
        : 'no egress rule allows port 53/UDP, so names do not resolve';
      const message = `blocks DNS for ${who}: ${why}`;
      report(manifest, 'spec.egress', message, HINT);
    }
  },
};

const HINT =
  'Allow port 53 over UDP and TCP to pods k8s-app=kube-dns in the namespace kubernetes.io/metadata.name=kube-system.';
