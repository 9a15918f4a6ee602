/**
 * YAML out and in against its peers, on objects as applications have them:
 *
 *   npx jiti bench/yaml.ts [objects]
 *
 * Every round runs all contestants one after the other, so that a busy machine slows them alike; the figure is
 * the median over the rounds. `yaml` is called as cdk8s calls it.
 */
import { performance } from 'node:perf_hooks';
import { parseAllDocuments, stringify } from 'yaml';
import { emitDocuments } from '../lib/manifest/yaml/emit';
import { parseDocuments } from '../lib/manifest/yaml/parse';
import { plain } from '../lib/manifest/plain';
import { sized } from './measure';

const count = Number(process.argv[2] ?? 3 * sized(3000));
const ROUNDS = 7;

const objects = Array.from({ length: count / 3 }, (_, index) => application(index)).flat();
const rendered = objects.map(plain);
const text = emitDocuments(rendered);

const writers = {
  'JSON.stringify': () => rendered.map((object) => JSON.stringify(object)).join('\n').length,
  'JSON.stringify, indented': () =>
    rendered.map((object) => JSON.stringify(object, null, 2)).join('\n').length,
  emitDocuments: () => emitDocuments(rendered).length,
  'yaml stringify': () =>
    rendered
      .map((object) => stringify(object, { keepUndefined: true, lineWidth: 0, version: '1.1' }))
      .join('---\n').length,
  plain: () => objects.map(plain).length,
  structuredClone: () => objects.map((object) => structuredClone(object)).length,
};

const lines = rendered.map((object) => JSON.stringify(object));
const readers = {
  'JSON.parse': () => lines.map((line) => JSON.parse(line) as unknown).length,
  parseDocuments: () => parseDocuments(text).length,
  'yaml parseAllDocuments': () =>
    parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as unknown).length,
};

console.log(`${rendered.length} objects, ${(text.length / 1e6).toFixed(1)} MB of YAML, ${ROUNDS} rounds`);
compare(writers, 'JSON.stringify');
compare(readers, 'JSON.parse');

/** Prints the median time of each contestant and its ratio to `base`. */
function compare(contestants: Record<string, () => number>, base: string): void {
  const times = new Map(Object.keys(contestants).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = performance.now();
      run();
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const unit = median(times.get(base) ?? []);
  for (const [name, measured] of times) {
    const ms = median(measured);
    console.log(`${name.padEnd(26)} ${ms.toFixed(0).padStart(7)} ms ${(ms / unit).toFixed(1).padStart(7)} x`);
  }
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

/** Deployment, Service and ConfigMap of the application `index`. */
function application(index: number): object[] {
  const name = `app-${index}`;
  const namespace = `team-${index % 40}`;
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': `${name}-production`,
    'app.kubernetes.io/managed-by': 'seaworthy',
  };
  const metadata = { name, namespace, labels };
  const probe = { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10, timeoutSeconds: 2 };
  const container = {
    name: 'main',
    image: `registry.example.com/${namespace}/${name}:1.${index % 60}.3`,
    imagePullPolicy: 'IfNotPresent',
    args: ['--port=8080', '--log-format', 'json', `--peers=app-${index + 1}.${namespace}.svc:8080`],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'GREETING', value: `Hello, "${name}": ready & waiting` },
      { name: 'WORKERS', value: '4' },
      { name: 'VERBOSE', value: 'no' },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: `${name}-login`, key: 'password' } } },
    ],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: probe,
    livenessProbe: { ...probe, initialDelaySeconds: 15 },
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'settings', mountPath: '/etc/app', readOnly: true }],
  };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, annotations: { 'example.com/owner': `${namespace}@example.com` } },
    spec: {
      replicas: 3,
      revisionHistoryLimit: undefined,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels },
        spec: {
          containers: [container],
          serviceAccountName: name,
          terminationGracePeriodSeconds: 30,
          volumes: [{ name: 'settings', configMap: { name: `${name}-settings` } }],
        },
      },
    },
  };
  const service = {
    kind: 'Service',
    apiVersion: 'v1',
    metadata,
    spec: { type: 'ClusterIP', selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, name: `${name}-settings` },
    data: {
      'app.properties': `server.port=8080\nserver.name=${name}\n\n# retries\nretry.max=5\nretry.wait=1.5\n`,
      'features.json': '{"beta": true, "limit": 10}',
      REGION: 'eu-west-1',
      ENABLED: 'true',
    },
  };
  return [deployment, service, configMap];
}
