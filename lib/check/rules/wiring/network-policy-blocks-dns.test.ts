import { ruleTest } from '../../../../test/check/rule-test';

const EGRESS = `    - to: [{ podSelector: { matchLabels: { app: db } } }]
      ports: [{ port: 5432 }]
`;
const policy = (name: string, selector: string, egress: string) =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: { podSelector: ${selector}, policyTypes: [Egress], egress: ${egress} }\n`;
const to = (peer: string, ports = '') =>
  `    - to: [${peer}]\n      ports: [{ port: 53, protocol: UDP }${ports}]\n`;

ruleTest(
  'wiring/network-policy-blocks-dns',
  'warning',
  [
    'NetworkPolicy web',
    'spec.egress',
    'blocks DNS for Pod web: no egress rule allows port 53/UDP, so names do not resolve',
    'Allow port 53 over UDP and TCP to pods k8s-app=kube-dns in the namespace kubernetes.io/metadata.name=kube-system.',
  ],
  ({ failing, passing, found }) => [
    ['everything but one port', failing(EGRESS, '    - ports: [{ port: 443 }]\n'), [found()]],
    [
      'DNS over TCP only',
      passing(', protocol: UDP', ''),
      [found(undefined, 'blocks DNS for Pod web: port 53 is allowed over TCP only, and resolvers use UDP')],
    ],
    [
      'DNS servers of its own namespace, where they are not',
      failing(EGRESS, to('{ podSelector: { matchLabels: { k8s-app: kube-dns } } }')),
      [found()],
    ],
    [
      'pods of kube-system that are others',
      failing(EGRESS, to('{ namespaceSelector: {}, podSelector: { matchLabels: { app: db } } }')),
      [found()],
    ],
    [
      'another namespace',
      failing(EGRESS, to('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: dns } } }')),
      [found()],
    ],
    [
      'addresses of the internet',
      failing(
        EGRESS,
        '    - to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16] } }]\n',
      ),
      [found()],
    ],
    [
      'a label that namespaces of the set have',
      `${failing(EGRESS, to('{ namespaceSelector: { matchLabels: { team: a } } }'))}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { team: a } }\n`,
      [found()],
    ],

    ['nothing at all, which is meant', failing(`  egress:\n${EGRESS}`, ''), []],
    ['everything', failing(EGRESS, '    - {}\n'), []],
    ['the port, to all', failing(EGRESS, '    - ports: [{ port: 53, protocol: UDP }]\n'), []],
    [
      'a range with the port',
      failing(EGRESS, '    - ports: [{ port: 50, endPort: 60, protocol: UDP }]\n'),
      [],
    ],
    ['a named port', failing(EGRESS, '    - ports: [{ port: dns, protocol: UDP }]\n'), []],
    ['the port that OpenShift has', failing(EGRESS, '    - ports: [{ port: 5353, protocol: UDP }]\n'), []],
    ['all ports of all namespaces', failing(EGRESS, '    - to: [{ namespaceSelector: {} }]\n'), []],
    [
      'a namespace by a label that nothing is known of',
      failing(EGRESS, to('{ namespaceSelector: { matchLabels: { name: kube-system } } }')),
      [],
    ],
    [
      'namespaces by an expression',
      failing(
        EGRESS,
        to(
          '{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [kube-system] }] } }',
        ),
      ),
      [],
    ],
    ['an address', failing(EGRESS, to('{ ipBlock: { cidr: 10.96.0.10/32 } }')), []],
    ['all addresses', failing(EGRESS, '    - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]\n'), []],
    [
      'a second policy that allows it',
      failing() + policy('dns', '{}', '[{ ports: [{ port: 53, protocol: UDP }] }]'),
      [],
    ],
    [
      'one that the cluster has already',
      failing(),
      [],
      { assume: policy('dns', '{}', '[{ ports: [{ port: 53, protocol: UDP }] }]').slice(4) },
    ],
    [
      'a server in the set',
      failing(
        'containerPort: 5432',
        'containerPort: 53, protocol: UDP',
        'port: 5432',
        'port: 53, protocol: UDP',
      ),
      [],
    ],
    [
      'pods in the network of the node',
      failing('{ containers: [{ name: web', '{ hostNetwork: true, containers: [{ name: web'),
      [],
    ],
    [
      'pods with servers of their own',
      failing('{ containers: [{ name: web', '{ dnsPolicy: None, containers: [{ name: web'),
      [],
    ],
    ['a policy for what comes in', failing('policyTypes: [Egress]', 'policyTypes: [Ingress]'), []],
  ],
);
