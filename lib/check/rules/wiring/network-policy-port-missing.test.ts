import { ruleTest, unproven } from '../../../../test/check/rule-test';

ruleTest(
  'wiring/network-policy-port-missing',
  'error',
  [
    'NetworkPolicy web',
    'spec.ingress[0].ports[0].port',
    'no container of Pod web declares TCP port "80": it is a port of Service web',
    'They have 8080/TCP.',
  ],
  ({ failing, passing, found }) => [
    [
      'the protocol',
      passing('port: 8080 }] }]', 'port: 8080, protocol: UDP }] }]'),
      [unproven(found(undefined, 'no container of Pod web declares UDP port "8080"'), 'info')],
    ],
    [
      'a name',
      failing('{ port: 80 }', '{ port: http }'),
      [found(undefined, 'no container of Pod web has TCP port "http"')],
    ],
    [
      'a number that no Service has: a container may listen there',
      failing('{ port: 80 }', '{ port: 9090 }'),
      [unproven(found(undefined, 'no container of Pod web declares TCP port "9090"'), 'info')],
    ],
    [
      'the port of a Service next to the one that it leads to',
      failing('[{ port: 80 }]', '[{ port: 80 }, { port: 8080 }]'),
      [unproven(found(undefined, 'no container of Pod web declares TCP port "80"'), 'info')],
    ],
    [
      'egress to known pods',
      failing('ingress: [{ ports', 'egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }], ports'),
      [found('spec.egress[0].ports[0].port')],
    ],
    ['pods that declare no ports', failing(', ports: [{ containerPort: 8080 }]', ''), []],
    [
      'one of several workloads has it',
      failing() +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: other, labels: { app: web } }\nspec: { containers: [{ name: web, image: a, ports: [{ containerPort: 80 }] }] }\n',
      [],
    ],
  ],
);
