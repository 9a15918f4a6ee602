import { having, object } from '../../../../test/plan/changes';
import { sentences } from '../../../../test/plan/consequences/consequences';

const pods = (name: string) =>
  having(
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'a' }] } },
      },
    }),
    'metadata.name',
    name,
  );
const policy = (name: string, podSelector: object, spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: {
    podSelector,
    policyTypes: Object.keys(spec).map((way) => (way === 'egress' ? 'Egress' : 'Ingress')),
    ...spec,
  },
});
const https = policy('https', {}, { egress: [{ ports: [{ port: 443 }] }] });
const lookups = policy('dns', {}, { egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] });
const [web, db] = [pods('web'), pods('db')];
const dns = (before: readonly object[], after: readonly object[]) =>
  sentences('traffic', before, after).filter((sentence) => /resolve/.test(sentence));

const LOST =
  'warning: Pods of Deployment shop/web and Deployment shop/db can no longer resolve names: no egress rule allows port 53/UDP to a DNS server.';

it('says which pods lose DNS to a new policy, and to one that is deleted or narrowed', () => {
  expect(dns([web, db], [web, db, https])).toEqual([LOST]);
  expect(dns([web, db, https, lookups], [web, db, https])).toEqual([LOST]);
  const narrowed = having(lookups, 'spec.egress.0.ports.0.protocol', 'TCP');
  expect(dns([web, db, https, lookups], [web, db, https, narrowed])).toEqual([LOST]);
});

it('says nothing of pods that had none, that keep it, that are new, or that may connect to nothing', () => {
  expect(dns([web, https], [web, having(https, 'spec.egress.0.ports.0.port', 8443)])).toEqual([]);
  expect(
    dns([web, https, lookups], [web, having(https, 'spec.egress.0.ports.0.port', 8443), lookups]),
  ).toEqual([]);
  expect(dns([], [web, https])).toEqual([]);
  expect(dns([web], [web, policy('none', {}, { egress: [] })])).toEqual([]);
});

it('says that a policy closes the DNS servers of the cluster', () => {
  const open = policy('own', {}, { ingress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] }, 'kube-system');
  const own = policy('own', {}, { ingress: [{ from: [{ podSelector: {} }] }] }, 'kube-system');
  const nobody = policy('own', {}, { ingress: [] }, 'kube-system');
  const where =
    'still reach the DNS servers of the cluster in namespace kube-system: names no longer resolve for others.';
  expect(dns([open], [own])).toEqual([`error: Only the peers of its policies can ${where}`]);
  expect(dns([], [nobody])).toEqual([`error: No pod can ${where}`]);
  expect(dns([own], [nobody])).toEqual([]);
  expect(dns([own], [open])).toEqual([]);
});
