import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary } from '../../bench/binaries';
import { App, Chart, ConfigMap, synth, value, WebService } from '../../lib';
import { gitopsFiles } from '../../lib/gitops/gitops';
import type { Deployment } from '../../lib/gitops/target';
import { identityKey, type KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { shop } from '../../apps/shop/app';
import { deploymentOf, withRenderings } from './other-values';
import { deployments } from './shop';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function helm(...args: readonly string[]): string {
  const [home = tmpdir()] = folders;
  const env = {
    ...process.env,
    HELM_CONFIG_HOME: home,
    HELM_CACHE_HOME: home,
    HELM_DATA_HOME: home,
    KUBECONFIG: '/dev/null',
  };
  return execFileSync(binary('helm'), args, {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Writes the chart of a deployment. @returns its folder */
async function chartOf(deployment: Deployment): Promise<string> {
  const { files } = await gitopsFiles({
    deployments: [deployment],
    targets: [{ name: 'helm', options: { version: '1.2.3' } }],
    placement: { path: 'chart' },
    repository: { path: '' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-helm-'));
  folders.push(folder);
  for (const [path, { text }] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, 'chart');
}

const byId = (objects: Iterable<KubeObject>): Record<string, unknown> =>
  Object.fromEntries(
    [...ManifestSet.of([...objects])].map(({ id, object }) => [identityKey(id), withoutHooks(object)]),
  );

/** Without what makes a Job a hook. */
function withoutHooks(object: KubeObject): KubeObject {
  const { annotations = {}, ...metadata } = object.metadata;
  const own = Object.entries(annotations).filter(([key]) => !key.startsWith('helm.sh/hook'));
  return {
    ...object,
    metadata: { ...metadata, ...(own.length > 0 && { annotations: Object.fromEntries(own) }) },
  };
}

const printed = (text: string): Record<string, unknown> =>
  byId([...ManifestSet.parse(text)].map(({ object }) => object));

/** Texts that YAML, templates or Helm could take for something else. */
const TEXTS = [
  '{{ .Values.x }}',
  '{{- if }}{{{ {{/* x */}}',
  '}} `{{` "quoted" \\ \u00e9 \u{1f600}',
  '---\n---\n',
  'a\n---\nkind: Pod\n',
  'line\n\n\n',
  '\n',
  '  {{ x }}\n\t|\n',
  'seaworthy-value-0-',
  '1e6',
  'true',
  '',
];

interface Values {
  readonly host: string;
  readonly port: number;
  readonly replicas: number;
  readonly level: string;
  readonly isDebugging: boolean;
  readonly ratio: number;
}

const DEFAULTS: Values = {
  host: 'shop.example',
  port: 8080,
  replicas: 3,
  level: 'info',
  isDebugging: false,
  ratio: 0.5,
};

const app = (given: Values) => (): App => {
  const app = new App({ name: 'shop' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const host = value('host', given.host);
  const port = value('api.port', given.port, { minimum: 1024, maximum: 65535 });
  const data = Object.fromEntries(TEXTS.map((text, index) => [`text-${index}`, text]));
  for (const [index, text] of TEXTS.entries())
    new ConfigMap(chart, `ends-${index}`, { data: { last: text }, immutable: false });
  new ConfigMap(chart, 'settings', {
    immutable: false,
    data: {
      ...data,
      config: `# {{ braces }}\nurl = "https://${host}:${port}/"\nratio = ${value('ratio', given.ratio)}\n\n`,
      DEBUG: String(value('debug', given.isDebugging)),
    },
  });
  new WebService(chart, 'api', {
    image: 'ghcr.io/acme/api:1.2.3',
    ports: { http: port },
    replicas: value('api.replicas', given.replicas, { minimum: 2, maximum: 10_000_000 }),
    env: { LEVEL: value('level', given.level), URL: `http://${host}` },
    probe: { http: '/healthz' },
  });
  return app;
};

describe('a chart with values', () => {
  const chart = chartOf(deploymentOf(app(DEFAULTS)));

  it('passes helm lint --strict, and helm install --dry-run=client', async () => {
    expect(helm('lint', '--strict', await chart)).toContain('0 chart(s) failed');
    expect(helm('install', 'shop', await chart, '--dry-run=client')).toContain('shop 1.2.3 is release shop.');
  });

  it.each<[string, Partial<Values>, readonly string[]]>([
    ['the defaults', {}, []],
    [
      'numbers',
      { replicas: 7, port: 9090, ratio: 2.25 },
      ['--set', 'api.replicas=7,api.port=9090', '--set-json', 'ratio=2.25'],
    ],
    ['a large number', { replicas: 3_000_000 }, ['--set-json', 'api.replicas=3000000']],
    [
      'texts',
      { host: 'a.example', level: 'x: "y" <{{ z }}>\n# & \\ \u00e9' },
      [
        '--set-json',
        'host="a.example"',
        '--set-json',
        `level=${JSON.stringify('x: "y" <{{ z }}>\n# & \\ \u00e9')}`,
      ],
    ],
    [
      'texts that look like something else',
      { level: 'true', host: '12' },
      ['--set-string', 'level=true,host=12'],
    ],
    ['a flag', { isDebugging: true }, ['--set', 'debug=true']],
  ])('gives what the app gives, with %s', async (_, given, args) => {
    const expected = synth(app({ ...DEFAULTS, ...given })());
    expect(printed(helm('template', 'shop', await chart, ...args))).toEqual(
      byId([...expected].map(({ object }) => object)),
    );
  });

  it.each([
    ['another type', 'api.replicas=many'],
    ['a number out of bounds', 'api.replicas=1'],
    ['a name that there is not', 'api.replica=4'],
    ['no value', 'api.replicas=null'],
  ])('refuses %s', async (_, set) => {
    const folder = await chart;
    expect(() => helm('template', 'shop', folder, '--set', set)).toThrow(/schema|values don't meet/);
  });
});

describe.each(['staging', 'production'])('the chart of the shop in %s', (environment) => {
  const [deployment] = withRenderings(deployments([environment]), shop);

  it('gives its objects back', async () => {
    if (deployment === undefined) throw new Error('no deployment');
    const folder = await chartOf(deployment);
    expect(helm('lint', '--strict', folder)).toContain('0 chart(s) failed');
    expect(printed(helm('template', 'shop', folder, '--include-crds'))).toEqual(
      byId(deployment.manifests.map(({ object }) => object)),
    );
    const more = printed(helm('template', 'shop', folder, '--set', 'couriers.replicas=5'));
    const couriers = Object.entries(more).find(([key]) => /Deployment.*couriers/.test(key))?.[1];
    expect(couriers).toHaveProperty('spec.replicas', 5);
  });
});
