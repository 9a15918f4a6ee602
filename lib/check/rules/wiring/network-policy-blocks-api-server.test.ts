import { ruleTest } from '../../../../test/check/rule-test';

const MESSAGE =
  'blocks the API server for Pod janitor: ServiceAccount "janitor" has permissions, and no egress rule allows addresses of the API server on a port such as 443 or 6443';

ruleTest(
  'wiring/network-policy-blocks-api-server',
  'warning',
  [
    'NetworkPolicy janitor',
    'spec.egress',
    MESSAGE,
    'Allow an ipBlock with the addresses and ports that `kubectl get endpointslices kubernetes` prints: the API server is no pod that selectors match.',
  ],
  ({ failing, passing, found }) => {
    const dns = '    - ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]\n';
    const rule = (text: string): string => failing(dns, `${dns}    - ${text}\n`);
    const spec = '{ serviceAccountName: janitor,';
    return [
      ['another port of addresses', passing('port: 6443', 'port: 5432'), [found()]],
      ['UDP', passing('port: 6443', 'port: 6443, protocol: UDP'), [found()]],
      ['pods alone', rule('to: [{ podSelector: {} }]'), [found()]],
      [
        'pods of the cluster by a label of theirs',
        rule('to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }]'),
        [found()],
      ],
      [
        'another namespace',
        rule('to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }]'),
        [found()],
      ],
      [
        'nothing at all',
        failing(dns, '').replace('egress:\n', 'egress: []\n'),
        [Object.assign(found(), { severity: 'info' as const })],
      ],
      ['a range of ports', passing('port: 6443', 'port: 1, endPort: 65535'), []],
      ['the port of MicroK8s', passing('6443', '16443'), []],
      ['any address at the port', rule('ports: [{ port: 443 }]'), []],
      ['everything', rule('{}'), []],
      ['all namespaces', rule('to: [{ namespaceSelector: {} }]'), []],
      [
        'the pods of the API server',
        rule(
          'to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { component: kube-apiserver } } }]',
        ),
        [],
      ],
      ['no token', failing(spec, `${spec} automountServiceAccountToken: false,`), []],
      [
        'an account without a token',
        failing(
          'kind: ServiceAccount\nmetadata: { name: janitor }',
          'kind: ServiceAccount\nmetadata: { name: janitor }\nautomountServiceAccountToken: false',
        ),
        [],
      ],
      [
        'an account of which nothing is granted',
        failing('[{ kind: ServiceAccount, name: janitor', '[{ kind: ServiceAccount, name: other'),
        [],
      ],
      [
        'an account that only a group of all accounts grants something',
        failing(
          '[{ kind: ServiceAccount, name: janitor, namespace: default }]',
          "[{ kind: Group, name: 'system:serviceaccounts', apiGroup: rbac.authorization.k8s.io }]",
        ),
        [],
      ],
      ['pods in the network of the node', failing(spec, `${spec} hostNetwork: true,`), []],
      ['a policy for what comes in', failing('policyTypes: [Egress]', 'policyTypes: [Ingress]'), []],
      [
        'a policy of a network plugin',
        `${failing()}---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: a }\nspec: { endpointSelector: {}, egress: [{ toEntities: [kube-apiserver] }] }\n`,
        [],
      ],
      [
        'a second policy that the cluster has already',
        failing(),
        [],
        {
          assume:
            'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: b }\nspec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 443 }] }] }\n',
        },
      ],
    ];
  },
);
