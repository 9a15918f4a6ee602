import { check } from '../../check';
import { ManifestSet } from '../../../manifest/set';
import { ruleTest } from '../../../../test/check/rule-test';

function services(...specs: readonly string[]): string {
  return specs
    .map(
      (spec, index) => `apiVersion: v1
kind: Service
metadata: { name: s${index} }
spec: { selector: { app: a }, ${spec} }
`,
    )
    .join('---\n');
}

const HINT = 'Use another port, or leave it to the API server.';
const local = 'type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30080';

ruleTest(
  'wiring/services-collide',
  'error',
  [
    'Service api',
    'spec.ports[0].nodePort',
    'Invalid value: 30080: provided port is already allocated to Service web',
    HINT,
  ],
  ({ failing, passing, found }) => [
    [
      'another protocol: there is one allocator for all',
      failing(
        'api }\nspec:\n  type: NodePort\n  ports: [{ port: 80,',
        'api }\nspec:\n  type: NodePort\n  ports: [{ port: 80, protocol: UDP,',
      ),
      [found()],
    ],
    [
      'another namespace: it is one for the cluster',
      failing('name: api }\n', 'name: api, namespace: other }\n'),
      [found(undefined, undefined, undefined, 'Service other/api')],
    ],
    ['copies of one object are for wiring/duplicate-identity', failing('name: api }\n', 'name: web }\n'), []],
    [
      'ports that share a node port within a Service',
      services(
        'type: NodePort, ports: [{ name: a, port: 53, nodePort: 30053 }, { name: b, port: 53, protocol: UDP, nodePort: 30053 }]',
      ),
      [],
    ],
    [
      'one for health checks',
      `${services(local)}---\n${failing().split('---')[1] ?? ''}`,
      [found(undefined, 'Invalid value: 30080: provided port is already allocated to Service s0')],
    ],
    [
      'one for health checks that is not asked for',
      `${services('type: LoadBalancer, healthCheckNodePort: 30080')}---\n${failing().split('---')[1] ?? ''}`,
      [],
    ],
    [
      'one cluster IP, however it is written',
      services(
        'clusterIP: 10.96.0.20',
        'clusterIPs: [10.96.0.020]',
        "clusterIP: 'FD00::1'",
        "clusterIP: 'fd00:0::1'",
      ),
      [
        [
          'Service s1',
          'spec.clusterIPs[0]',
          'Invalid value: "10.96.0.020": provided IP is already allocated to Service s0',
          'Use another IP, or leave it to the API server.',
        ],
        [
          'Service s3',
          'spec.clusterIP',
          'Invalid value: "fd00:0::1": provided IP is already allocated to Service s2',
          'Use another IP, or leave it to the API server.',
        ],
      ],
    ],
    ['Services without an IP', services('clusterIP: None', 'clusterIP: None'), []],
    [
      'one of a load balancer, which its controller may share',
      services(
        'type: LoadBalancer, loadBalancerIP: 192.0.2.7',
        'type: LoadBalancer, loadBalancerIP: 192.0.2.7',
      ),
      [],
    ],
    ['a Service of the cluster', passing(), [], { assume: passing() }],
    [
      'a port that another Service of the cluster has',
      failing().split('---')[1] ?? '',
      [found()],
      { assume: failing().split('---')[0] ?? '' },
    ],
    [
      'a port that another Service of the cluster gives up',
      passing('30080', '30090', '30081', '30080'),
      [],
      { assume: passing() },
    ],
    [
      'names that the server makes',
      failing('{ name: web }', '{ generateName: web- }', '{ name: api }', '{ generateName: web- }'),
      [
        found(
          undefined,
          'Invalid value: 30080: provided port is already allocated to Service web-*',
          undefined,
          'Service web-*',
        ),
      ],
    ],
  ],
);

it('warns of Services of different folders, which may be for different clusters', () => {
  const parts = ['eu', 'us'].map((folder) =>
    ManifestSet.parse(
      services('type: NodePort, ports: [{ port: 80, nodePort: 30080 }]').replace('s0', folder),
      {
        source: `${folder}/web.yaml`,
      },
    ),
  );
  const set = ManifestSet.from(parts.flatMap(({ manifests }) => manifests));
  const found = check(set).filter(({ rule }) => rule === 'wiring/services-collide');
  expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'warning: Invalid value: 30080: provided port is already allocated to Service eu, but their folders may be for different clusters',
  ]);
});
