import { Yaml } from 'cdk8s';
import { emitDocuments, emitYaml } from '../../../lib/manifest/yaml/emit';

/** What constructs of cdk8s and cdk8s-plus render, with the strings that manifests have. */
const ordinary = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'api',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/version': '1.4.2', tier: 'yes' },
      annotations: {
        'example.com/since': '2024-01-01',
        'example.com/json': '{"a": [1, 2], "b": "c"}',
        empty: '',
      },
    },
    spec: {
      replicas: 3,
      paused: false,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template: {
        spec: {
          containers: [
            {
              name: 'main',
              image: 'ghcr.io/acme/shop-api@sha256:0123456789abcdef',
              args: [
                '--port=8080',
                '-v',
                '--log-format',
                'json',
                '*',
                '"quoted"',
                "it's",
                'a: b',
                ' padded ',
                '@file',
              ],
              command: ['sh', '-c', 'set -eu\nexec "$@" # go\n'],
              env: [
                { name: 'WORKERS', value: '4' },
                { name: 'RATIO', value: '0.5' },
                { name: 'MODE', value: '0644' },
                { name: 'VERBOSE', value: 'no' },
                { name: 'URL', value: 'http://db.shop.svc:5432/a?b=c#d' },
                { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
              ],
              ports: [{ containerPort: 8080, protocol: 'TCP' }],
              resources: { limits: { cpu: '250m', memory: '256Mi', 'nvidia.com/gpu': 1 } },
              volumeMounts: [],
            },
          ],
          nodeSelector: {},
          tolerations: [{ operator: 'Exists' }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: {
      'app.properties': 'a=1\n\n# comment: here\nb=2\n',
      'no-newline': 'a\nb',
      'many-newlines': 'a\n\n\n',
      'nginx.conf': 'server {\n\tlisten 80;\n\tlocation / {\n\t\treturn 200;\n\t}\n}\n',
      'indented.yaml': '  a:\n    - b\nc: d\n',
      schedule: '0 3 * * *',
      cidr: '10.0.0.0/16',
      time: '12:30:45',
      umlaut: 'Grüße 😀',
      [`long-${'key'.repeat(50)}`]: 'word '.repeat(100).trim(),
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api' },
    spec: { ports: [{ port: 80 }, { port: 443 }], ratio: 1.5 },
  },
];

describe('ordinary manifests', () => {
  it('are byte for byte what cdk8s writes', () => {
    expect(emitDocuments(ordinary)).toBe(Yaml.stringify(...ordinary));
  });
});

describe('where cdk8s writes what kubectl misreads', () => {
  it.each([
    '0o14',
    '-0o7',
    '0X1F',
    '0B11',
    '0_x1F',
    '-_1',
    '=',
    '\ufeffa',
    'a\u0085b',
    'a\u007fb',
    '\ta\nb',
    '---',
  ])('%j is written otherwise', (text) => {
    expect(emitYaml({ a: text })).not.toBe(Yaml.stringify({ a: text }));
  });
});
