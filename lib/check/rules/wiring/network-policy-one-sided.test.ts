import { ruleTest } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/network-policy-one-sided',
  'error',
  [
    'NetworkPolicy db',
    'spec.ingress',
    'blocks Pod web on port 5432/TCP, which NetworkPolicy web allows it to call',
    'Allow its labels and this port in spec.ingress.',
  ],
  ({ failing, passing, found }) => [
    [
      'another port',
      passing(
        'ingress: [{ from',
        'ingress: [{ ports: [{ port: 1 }], from',
        'containerPort: 5432 }',
        'containerPort: 5432 }, { containerPort: 1 }',
      ),
      [found()],
    ],
    [
      'a range that has the port',
      passing('ingress: [{ from', 'ingress: [{ ports: [{ port: 5000, endPort: 6000 }], from'),
      [],
    ],
    [
      'another protocol',
      passing(
        'ingress: [{ from',
        'ingress: [{ ports: [{ port: 5432, protocol: UDP }], from',
        'containerPort: 5432 }',
        'containerPort: 5432 }, { containerPort: 5432, protocol: UDP, name: u }',
      ),
      [found()],
    ],
    [
      'rules without peers',
      failing('ingress: [{ from: [{ podSelector: { matchLabels: { app: db } } }] }]', 'ingress: [{}]'),
      [],
    ],
    [
      'a call that a text shows, which wiring/connection-blocked reports',
      failing("image: 'nginx:1.27'", "image: 'nginx:1.27', args: ['postgres://db/x']") +
        '---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { selector: { app: db }, ports: [{ port: 5432 }] }\n',
      [],
    ],
    ['no ports', failing(', ports: [{ port: 5432 }]', ''), []],
    [
      'no ingress policy',
      failing(
        'policyTypes: [Egress]',
        'policyTypes: [Egress]',
        'podSelector: { matchLabels: { app: db } }\n  ingress',
        'podSelector: { matchLabels: { app: web } }\n  ingress',
      ),
      [],
    ],
    [
      'a policy for all pods',
      failing('podSelector: { matchLabels: { app: web } }\n  policyTypes', 'podSelector: {}\n  policyTypes'),
      [],
    ],
    [
      'a second policy that allows it',
      failing() +
        '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open }\nspec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }\n',
      [],
    ],
    [
      'each port',
      failing(
        'ports: [{ port: 5432 }]',
        'ports: [{ port: 5432 }, { port: 53, protocol: UDP }]',
        'containerPort: 5432 }',
        'containerPort: 5432 }, { containerPort: 53, protocol: UDP, name: u }',
      ),
      [found(undefined, 'blocks Pod web on port 53/UDP, which NetworkPolicy web allows it to call'), found()],
    ],
  ],
);
