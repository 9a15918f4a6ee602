import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary } from '../../bench/binaries';
import { HelmChart, type HelmChartProps, type ManifestSet } from '../../lib';
import { problemsOf, rendered } from '../constructs/rendering';

const helm = binary('helm');
const folder = mkdtempSync(join(tmpdir(), 'seaworthy-helm-chart-'));

const CHART: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.2.3\n',
  'values.yaml': 'replicas: 1\nnote: ""\nhasPassword: false\n',
  'values.schema.json': '{"type":"object","properties":{"replicas":{"type":"integer"}}}',
  'crds/cache.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: caches.acme.example }\n',
  'templates/NOTES.txt': 'Thank you.\n',
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }} }
data:
  replicas: {{ .Values.replicas | quote }}
  note: {{ .Values.note | quote }}
  release: {{ .Capabilities.KubeVersion.Version }}
  place: {{ .Release.Namespace }}
  monitored: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor" | quote }}
{{- if .Values.hasPassword }}
---
apiVersion: v1
kind: Secret
metadata: { name: password }
stringData: { password: {{ randAlphaNum 16 }} }
{{- end }}
`,
  'templates/hooks.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: before, annotations: { helm.sh/hook: pre-install } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: after, annotations: { helm.sh/hook: pre-delete } }
---
apiVersion: v1
kind: Pod
metadata: { name: try, annotations: { helm.sh/hook: test } }
`,
};

const chart = join(folder, 'chart');
const repository = join(folder, 'repository');
for (const [path, text] of Object.entries(CHART)) {
  mkdirSync(dirname(join(chart, path)), { recursive: true });
  writeFileSync(join(chart, path), text);
}

/** A repository on loopback, in a process of its own: helm is waited for. */
let server: ChildProcess | undefined;
let url = '';

beforeAll(async () => {
  mkdirSync(repository);
  execFileSync(helm, ['package', chart, '--destination', repository], { stdio: 'ignore' });
  execFileSync(helm, ['repo', 'index', repository], { stdio: 'ignore' });
  const script = `const { createReadStream } = require('node:fs');
    require('node:http').createServer((request, response) => {
      createReadStream(${JSON.stringify(repository)} + request.url)
        .on('error', () => response.writeHead(404).end()).pipe(response);
    }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
  server = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((done) => server?.stdout?.once('data', (data) => done(String(data).trim())));
  url = `http://127.0.0.1:${String(port)}`;
});

afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true });
});

const withChart = (props: HelmChartProps): ManifestSet =>
  rendered((scope) => void new HelmChart(scope, 'cache', { helm, namespace: 'shop', ...props }), {
    profile: { kubernetes: '1.33', installed: ['prometheus-operator'] },
  });

const data = (set: ManifestSet): unknown => set.get({ name: 'shop-cache' }).object['data'];

it('renders a folder, with its definitions and hooks, for the cluster', () => {
  const set = withChart({ folder: chart, values: { replicas: 3, note: '{{ no template }} \u2028' } });
  expect(set.manifests.map(({ id }) => id.name).sort()).toEqual([
    'before',
    'caches.acme.example',
    'shop-cache',
  ]);
  expect(data(set)).toEqual({
    monitored: 'true',
    note: '{{ no template }} \u2028',
    place: 'shop',
    release: 'v1.33.0',
    replicas: '3',
  });
});

it('renders the same from a repository, at its version', () => {
  const from = { chart: 'cache', repository: url, version: '1.2.3' };
  expect(withChart(from).manifests.map(({ object }) => object)).toEqual(
    withChart({ folder: chart }).manifests.map(({ object }) => object),
  );
});

it.each<[string, (repository: string) => HelmChartProps, string, RegExp]>([
  [
    'a version that is not there',
    (at) => ({ chart: 'cache', repository: at, version: '1.2.4' }),
    'chart',
    /1\.2\.4/,
  ],
  [
    'a chart that is not there',
    (at) => ({ chart: 'queue', repository: at, version: '1.2.3' }),
    'chart',
    /queue/,
  ],
  [
    'a registry that is not there',
    () => ({ chart: 'a', repository: 'oci://127.0.0.1:1', version: '1.2.3' }),
    'chart',
    /refused/,
  ],
  [
    'values that the schema refuses',
    () => ({ folder: chart, values: { replicas: 'three' } }),
    'values',
    /replicas.*want integer/,
  ],
  [
    'a random password',
    () => ({ folder: chart, values: { hasPassword: true } }),
    'chart',
    /Secret shop\/password otherwise/,
  ],
])('says so of %s', (_, propsFor, path, message) => {
  const problems = problemsOf(() => withChart(propsFor(url)));
  expect(problems).toMatchObject([{ code: 'HELM_FAILED', path }]);
  expect(problems[0]?.message).toMatch(message);
});
