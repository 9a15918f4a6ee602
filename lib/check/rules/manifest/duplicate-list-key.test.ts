import { ruleTest } from '../../../../test/check/rule-test';

const MESSAGE =
  'an item with the same keys exists: server-side apply rejects the object, client-side apply loses one of them with a later change';
const PORTS = `      ports:
        - { name: http, containerPort: 8080 }
        - { name: admin, containerPort: 8080 }
`;

ruleTest(
  'manifest/duplicate-list-key',
  'warning',
  ['Pod shop/api', 'spec.containers[0].ports[1]', MESSAGE, 'Keep one of them, or give them different keys.'],
  ({ failing, passing, found }) => {
    const container = (fields: string) => failing(PORTS, `      ${fields}\n`);
    const pod = (fields: string) => failing(PORTS, `  ${fields}\n`);
    return [
      [
        'the protocol that is the default',
        failing('containerPort: 8080 }\n        -', 'containerPort: 8080, protocol: TCP }\n        -'),
        [found()],
      ],
      ['a port of the node on one of them', failing('name: admin,', 'name: admin, hostPort: 80,'), [found()]],
      [
        'a variable',
        container('env: [{ name: A, value: a }, { name: B }, { name: A, value: b }]'),
        [found('spec.containers[0].env[2]')],
      ],
      [
        'an address of hostAliases',
        pod('hostAliases: [{ ip: 10.0.0.1 }, { ip: 10.0.0.1, hostnames: [a] }]'),
        [found('spec.hostAliases[1]')],
      ],
      [
        'a pull secret',
        pod('imagePullSecrets: [{ name: a }, { name: a }]'),
        [found('spec.imagePullSecrets[1]')],
      ],
      [
        'a secret of an account',
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\nsecrets: [{ name: a }, { name: a }]\n',
        [found('secrets[1]', undefined, undefined, 'ServiceAccount a')],
      ],

      ['another protocol', failing('name: admin,', 'name: admin, protocol: UDP,'), []],
      ['lists that are replaced as a whole', container('args: [a, a]'), []],
      [
        'what validation rejects anyway',
        pod('volumes: [{ name: a, emptyDir: {} }, { name: a, emptyDir: {} }]'),
        [],
      ],
      [
        'ports of a Service, which validation rejects',
        'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ name: a, port: 80 }, { name: b, port: 80 }] }\n',
        [],
      ],
      ['a kind that is not built in', passing('v1', 'acme.example/v1', 'Pod', 'Thing', '8081', '8080'), []],
    ];
  },
);
