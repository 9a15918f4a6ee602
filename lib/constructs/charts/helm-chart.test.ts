import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemsOf, rendered } from '../../../test/constructs/rendering';
import {
  App,
  Chart,
  ConfigMap,
  Environment,
  HelmChart,
  override,
  synth,
  type HelmChartProps,
  type ManifestSet,
} from '../../index';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-helm-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The folder of a chart. */
const cache = join(folder, 'cache');
mkdirSync(cache);
writeFileSync(join(cache, 'Chart.yaml'), 'apiVersion: v2\nname: cache\nversion: 1.2.3\n');

/** A program that notes its arguments and input, and then does what `script` says. */
function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `#!/bin/sh\nprintf '%s\\n' "$*" >> "$0.args"\ncat >> "$0.args"; echo >> "$0.args"\n${script}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** What a program was called with. */
const calls = (file: string): string => readFileSync(`${file}.args`, 'utf8');

const printing = (name: string, text: string): string => program(name, `cat <<'END'\n${text}\nEND`);

const OBJECTS = `---
# Source: cache/templates/a.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: a, labels: null, annotations: {} }
data: { A: b, C: null }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: a }
rules: []
---
apiVersion: v1
kind: ConfigMap
metadata: { name: before, namespace: other, annotations: { helm.sh/hook: "pre-install,pre-upgrade" } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: goodbye, annotations: { helm.sh/hook: post-delete } }
`;

const helm = printing('helm', OBJECTS);

/** The set of an app with one chart. */
const withChart = (props: HelmChartProps): ManifestSet =>
  rendered((chart) => void new HelmChart(chart, 'cache', { namespace: 'shop', helm, ...props }));

describe('a HelmChart', () => {
  it('has the objects that helm prints, in its namespace, and no hook of a deletion', () => {
    const { manifests } = withChart({ folder: cache });
    expect(manifests.map(({ object }) => object)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace: 'shop' },
        data: { A: 'b' },
      },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'a' }, rules: [] },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'before',
          namespace: 'other',
          annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade' },
        },
      },
    ]);
  });

  it('knows of which release they are, and how they were before the app changed them', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const included = new HelmChart(chart, 'cache', { folder: cache, helm, values: { a: { b: 1 } } });
    const [first] = included.apiObjects;
    if (first !== undefined) override(first, { data: { A: 'c' } });
    const { manifests } = synth(app);
    expect(manifests.map(({ charted }) => charted?.['data'])).toEqual([{ A: 'b' }, undefined, undefined]);
    expect(manifests[0]?.object['data']).toEqual({ A: 'c' });
    expect(manifests[1]?.release).toEqual({
      name: 'shop-cache',
      namespace: 'shop',
      chart: 'cache',
      version: '1.2.3',
      values: { a: { b: 1 } },
      crds: 'CreateReplace',
    });
  });

  it('says after which other releases it comes', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const first = new HelmChart(chart, 'first', {
      folder: cache,
      helm: printing('first', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }'),
    });
    new HelmChart(chart, 'second', { folder: cache, helm }).node.addDependency(first);
    const releases = synth(app).manifests.map(({ release }) => [release?.name, release?.after]);
    expect(releases).toContainEqual(['shop-second', ['shop/shop-first']]);
    expect(releases).toContainEqual(['shop-first', undefined]);
  });

  it('asks helm for the release of Kubernetes, and for what the cluster has', () => {
    const own = printing('asked', OBJECTS);
    const app = new App();
    const environment = new Environment(app, 'production', {
      kubernetes: '1.33',
      installed: { 'prometheus-operator': '0.80' },
    });
    const chart = new Chart(environment, 'shop', { namespace: 'shop' });
    new HelmChart(chart, 'cache', { folder: cache, helm: own, values: { replicas: 3 }, crds: 'Skip' });
    synth(app);
    const [line = '', input] = calls(own).split('\n');
    expect(line).toMatch(
      new RegExp(`^template shop-cache ${cache} --namespace shop --kube-version 1\\.33\\.0 `),
    );
    expect(line).toContain(' --api-versions monitoring.coreos.com/v1/ServiceMonitor ');
    expect(line).toMatch(/ --skip-tests --values -$/);
    expect(line).not.toContain('--include-crds');
    expect(input).toContain('{"replicas":3}');
  });

  it.each([
    ['https://charts.example', 'pull cache --repo https://charts.example --version 1.2.3 --destination '],
    ['oci://ghcr.io/acme/charts', 'pull oci://ghcr.io/acme/charts/cache --version 1.2.3 --destination '],
  ])('is fetched once, from %s', (repository, expected) => {
    const own = program(
      `fetched-${repository.slice(0, 3)}`,
      `if [ "$1" = pull ]; then for last in "$@"; do :; done; : > "$last/cache-1.2.3.tgz"; else cat <<'END'\n${OBJECTS}\nEND\nfi`,
    );
    const app = new App();
    for (const name of ['staging', 'production'])
      new HelmChart(new Chart(new Environment(app, name), 'shop'), 'cache', {
        ...{ chart: 'cache', version: '1.2.3', repository, helm: own },
      });
    synth(app);
    const lines = calls(own).split('\n');
    expect(lines.filter((line) => line.startsWith('pull'))).toEqual([expect.stringContaining(expected)]);
    expect(lines.filter((line) => /^template shop-cache \S+\/cache-1\.2\.3\.tgz /.test(line))).toHaveLength(
      4,
    );
  });

  it('can be depended on', () => {
    const { manifests } = rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', { data: { A: 'b' } });
      settings.node.addDependency(new HelmChart(chart, 'cache', { folder: cache, helm, namespace: 'shop' }));
    });
    expect(manifests.at(-1)?.id.name).toContain('settings');
    expect(manifests.map(({ stage }) => stage)).toEqual([undefined, undefined, undefined, 1]);
  });
});

describe('what is wrong with a chart is told', () => {
  const from = { chart: 'cache', repository: 'https://charts.example', version: '1.2.3' };
  const failing = (name: string, text: string): string => program(name, `echo "${text}" >&2; exit 1`);

  it.each<[string, HelmChartProps, object]>([
    [
      'no version',
      { chart: 'a', repository: 'https://a.example' },
      { code: 'MISSING_PROP', path: 'version' },
    ],
    ['a range', { ...from, version: '^1.2.3' }, { code: 'INVALID_PROP', path: 'version' }],
    ['a part of a version', { ...from, version: '1.2' }, { code: 'INVALID_PROP', path: 'version' }],
    [
      'no chart',
      { repository: 'https://a.example', version: '1.2.3' },
      { code: 'MISSING_PROP', path: 'chart' },
    ],
    ['no repository', { chart: 'a', version: '1.2.3' }, { code: 'MISSING_PROP', path: 'repository' }],
    ['another address', { ...from, repository: 'git@a:b' }, { code: 'INVALID_PROP', path: 'repository' }],
    ['a folder without a chart', { folder }, { code: 'INPUT_UNREADABLE', path: 'folder' }],
    [
      'another version in the folder',
      { folder: cache, version: '1.2.4' },
      { code: 'INVALID_PROP', path: 'version' },
    ],
    ['a long name', { ...from, release: 'a'.repeat(54) }, { code: 'INVALID_NAME', path: 'release' }],
    [
      'values that are no data',
      { ...from, values: { a: () => 1 } },
      { code: 'INVALID_PROP', path: 'values.a' },
    ],
    ['a prop of cdk8s', { ...from, repo: 'x' } as never, { code: 'UNKNOWN_PROP', hint: 'Use `repository`.' }],
    ['no helm', { folder: cache, helm: join(folder, 'none') }, { code: 'HELM_FAILED', path: 'helm' }],
    [
      'a chart that is not there',
      {
        ...from,
        version: '9.9.9',
        helm: failing('gone', 'Error: chart cache version 9.9.9 not found in repository'),
      },
      {
        code: 'HELM_FAILED',
        path: 'chart',
        message: 'helm pull: chart cache version 9.9.9 not found in repository',
      },
    ],
    [
      'values that the chart refuses',
      {
        folder: cache,
        helm: failing(
          'refusing',
          "Error: values don't meet the specifications of the schema(s): got string, want integer",
        ),
      },
      { code: 'HELM_FAILED', path: 'values', message: expect.stringContaining('want integer') as string },
    ],
    [
      'an output that is no YAML',
      { folder: cache, helm: printing('garbled', 'a: [') },
      { code: 'HELM_FAILED', path: 'chart' },
    ],
    [
      'a chart with random values',
      {
        folder: cache,
        helm: program(
          'random',
          'echo x >> "$0.count"; printf \'apiVersion: v1\\nkind: Secret\\nmetadata: { name: p }\\nstringData: { a: "%s" }\\n\' "$(wc -l < "$0.count")"',
        ),
      },
      { code: 'HELM_FAILED', message: 'renders Secret shop/p otherwise each time' },
    ],
  ])('%s', (_, props, expected) => {
    const problems = problemsOf(() => withChart(props));
    expect(problems).toMatchObject([expected]);
    expect(problems[0]?.source).toMatch(/\.ts:\d+$/);
  });
});
