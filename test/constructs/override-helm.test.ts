import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiObject } from 'cdk8s';
import { Helm } from 'cdk8s';
import { keep, override } from '../../lib';
import { at, problems, rendered } from './rendering';

/** Set it to a Helm that is not in the PATH. */
const HELM = process.env['HELM'] ?? 'helm';
const isThere = spawnSync(HELM, ['version', '--short']).status === 0;
if (!isThere)
  process.stderr.write(`There is no ${HELM}: the tests of overrides of Helm charts are skipped.\n`);

const folder = mkdtempSync(join(tmpdir(), 'helm-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = {
  'Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 0.1.0\n',
  'values.yaml': 'replicas: 1\nimage: acme/cache:1.2.3\n',
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-cache
  labels: { app.kubernetes.io/managed-by: {{ .Release.Service }} }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: cache } }
  template:
    metadata: { labels: { app: cache } }
    spec:
      containers:
        - name: cache
          image: {{ .Values.image }}
          ports: [{ name: cache, containerPort: 6379 }]
        - name: exporter
          image: acme/exporter:1.0.0
`,
  'templates/service.yaml': `apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }}-cache }
spec:
  selector: { app: cache }
  ports: [{ name: cache, port: 6379 }, { name: metrics, port: 9121 }]
`,
};

mkdirSync(join(folder, 'templates'));
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);

const chartOf = (scope: ConstructorParameters<typeof Helm>[0]): Helm =>
  new Helm(scope, 'cache', {
    chart: folder,
    releaseName: 'shop',
    helmExecutable: HELM,
    values: { replicas: 2 },
  });

/** The object of a kind in a Helm chart. */
function objectOf({ apiObjects }: Helm, kind: string): ApiObject {
  const found = apiObjects.find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`the chart has no ${kind}`);
  return found;
}

(isThere ? describe : describe.skip)('an override of an object of a Helm chart', () => {
  it('is merged by the keys of lists, as of any other', () => {
    const set = rendered((chart) => {
      const helm = chartOf(chart);
      override(objectOf(helm, 'Deployment'), {
        spec: { template: { spec: { containers: { cache: { tty: true }, exporter: null } } } },
      });
      override(objectOf(helm, 'Service'), { spec: { ports: { metrics: null } } });
      keep(objectOf(helm, 'Service'));
    });
    const { object } = set.get({ kind: 'Deployment', name: 'shop-cache' });
    expect(at(object, 'spec.replicas')).toBe(2);
    expect(at(object, 'spec.template.spec.containers')).toEqual([
      {
        name: 'cache',
        image: 'acme/cache:1.2.3',
        tty: true,
        ports: [{ name: 'cache', containerPort: 6379 }],
      },
    ]);
    const service = set.get({ kind: 'Service', name: 'shop-cache' }).object;
    expect(at(service, 'spec.ports')).toEqual([{ name: 'cache', port: 6379 }]);
    expect(service.metadata.annotations).toMatchObject({ 'helm.sh/resource-policy': 'keep' });
  });

  it('is an error where it has no effect, or names what is not there', () => {
    const told = problems((chart) => {
      const helm = chartOf(chart);
      override(objectOf(helm, 'Service'), { spec: { ports: { metric: null } } });
      override(objectOf(helm, 'Deployment'), { spec: { replicas: 2 } });
    });
    expect(told.map(({ code, hint }) => [code, hint])).toEqual([
      ['OVERRIDE_WITHOUT_EFFECT', 'The object already has these values; remove the override.'],
      ['INVALID_PROP', 'Did you mean "metrics"?'],
    ]);
  });
});
