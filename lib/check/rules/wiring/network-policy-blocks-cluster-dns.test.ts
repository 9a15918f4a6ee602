import { ruleTest } from '../../../../test/check/rule-test';

const OWN = '[{ from: [{ podSelector: {} }] }]';
const from = (peer: string, port = 53) => `[{ from: [${peer}], ports: [{ port: ${port}, protocol: UDP }] }]`;

ruleTest(
  'wiring/network-policy-blocks-cluster-dns',
  'error',
  [
    'NetworkPolicy kube-system/own-pods-only',
    'spec.ingress',
    'blocks DNS for the cluster: only the peers of its rules may connect to the DNS servers in namespace "kube-system"',
    'Allow port 53 over UDP and TCP without peers, here or in a policy for the pods k8s-app=kube-dns.',
  ],
  ({ failing, passing, found }) => {
    const all = found(
      undefined,
      'blocks DNS for the cluster: no pods may connect to the DNS servers in namespace "kube-system"',
    );
    return [
      [
        'a policy for the servers themselves',
        failing('podSelector: {}\n', 'podSelector: { matchLabels: { k8s-app: kube-dns } }\n'),
        [found()],
      ],
      [
        'some namespaces',
        failing(OWN, from('{ namespaceSelector: { matchLabels: { team: a } } }')),
        [found()],
      ],
      [
        'pods with a label',
        failing(OWN, from('{ namespaceSelector: {}, podSelector: { matchLabels: { a: b } } }')),
        [found()],
      ],
      ['nobody', failing(OWN, '[]'), [all]],
      ['another port', failing(OWN, from('{ namespaceSelector: {} }', 9153)), [all]],
      ['DNS over TCP only', passing('{ port: 53, protocol: UDP }, ', ''), [found()]],

      ['all namespaces', failing(OWN, from('{ namespaceSelector: {} }')), []],
      [
        'all namespaces by an expression',
        failing(
          OWN,
          from(
            '{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: Exists }] } }',
          ),
        ),
        [],
      ],
      ['all addresses', failing(OWN, from('{ ipBlock: { cidr: 0.0.0.0/0 } }')), []],
      [
        'other pods of the namespace',
        failing('podSelector: {}\n', 'podSelector: { matchLabels: { k8s-app: metrics-server } }\n'),
        [],
      ],
      ['another namespace', failing('kube-system', 'shop'), []],
      ['a policy for what goes out', failing('[Ingress]', '[Egress]'), []],
    ];
  },
);
