import { createColors } from 'picocolors';
import { ManifestSet } from '../../../lib/manifest/set';
import { plan } from '../../../lib/plan/plan';
import { json } from '../../../lib/report/plan/json';
import { markdown } from '../../../lib/report/plan/markdown';
import type { PlanReport } from '../../../lib/report/plan/report';
import { text } from '../../../lib/report/plan/text';

const plain = createColors(false);

function reportOf(before: readonly object[], after: readonly object[], full = false): PlanReport {
  const { changes } = plan(ManifestSet.of(before), ManifestSet.of(after), { kubernetes: '1.31' });
  return {
    version: '1.0.0',
    before: { name: 'a' },
    after: { name: 'b' },
    parts: [{ place: '', changes }],
    mode: 'change',
    apply: 'server-side',
    refused: [],
    full,
  };
}

const configMap = (name: string, chart: string, data: Record<string, string> = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', labels: { 'helm.sh/chart': chart } },
  data,
});
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

describe('labels that many objects change alike', () => {
  const before = [
    configMap('real', 'shop-1', { level: 'info' }),
    ...names.map((name) => configMap(name, 'shop-1')),
  ];
  const after = [
    configMap('real', 'shop-2', { level: 'debug' }),
    ...names.map((name) => configMap(name, 'shop-2')),
  ];

  it('are one line, so that the object that changes is seen', () => {
    const printed = text(reportOf(before, after), plain);
    expect(printed).toContain(
      [
        'Objects: updated',
        '  ConfigMap shop/real',
        '    data.level: info → debug',
        '    metadata.labels[helm.sh/chart]: shop-1 → shop-2',
        '  7 objects, only in labels: ConfigMap shop/a, ConfigMap shop/b, ConfigMap shop/c, ConfigMap shop/d, ConfigMap shop/e and 2 more: --full',
        '    metadata.labels[helm.sh/chart]: shop-1 → shop-2',
        '',
        '8 updated',
      ].join('\n'),
    );
    expect(markdown(reportOf(before, after), plain)).toContain(
      '- **7 objects, only in labels**: `ConfigMap shop/a`',
    );
  });

  it('are told one by one with --full, where they are few, and in json', () => {
    expect(text(reportOf(before, after, true), plain)).not.toContain('only in labels');
    expect(text(reportOf(before.slice(0, 3), after.slice(0, 3)), plain)).not.toContain('only in labels');
    expect((JSON.parse(json(reportOf(before, after), plain)) as { changes: unknown[] }).changes).toHaveLength(
      8,
    );
  });
});

describe('descriptions in the schema of a CustomResourceDefinition', () => {
  const definition = (description: string, type = 'string'): object => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description,
              properties: { spec: { type: 'object', properties: { description: { type, description } } } },
            },
          },
        },
      ],
    },
  });
  const schema = 'spec.versions[0].schema.openAPIV3Schema';

  it('are counted, and a property of that name is not', () => {
    const printed = text(reportOf([definition('old')], [definition('new', 'integer')]), plain);
    expect(printed).toContain(
      `    ${schema}.properties.spec.properties.description.type: string → integer\n`,
    );
    expect(printed).toContain('    schema descriptions changed: 2\n');
    expect(printed).not.toContain('old → new');
  });

  it('are all there with --full, and in json', () => {
    const report = reportOf([definition('old')], [definition('new')], true);
    expect(text(report, plain)).toContain(`${schema}.description: old → new`);
    expect(json(report, plain)).toContain(`${schema}.properties.spec.properties.description.description`);
  });
});

it('shows the image before other fields', () => {
  const deployment = (image: string): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: {
        metadata: { labels: { app: 'a' } },
        spec: { containers: [{ name: 'a', args: [image], image }] },
      },
    },
  });
  const printed = text(reportOf([deployment('x:1')], [deployment('x:2')]), plain);
  expect(printed.indexOf('.image: ')).toBeLessThan(printed.indexOf('.args: '));
});

it('says so where nothing but the API version is another one', () => {
  const level = (version: string): object => ({
    apiVersion: `flowcontrol.apiserver.k8s.io/${version}`,
    kind: 'PriorityLevelConfiguration',
    metadata: { name: 'p' },
    spec: { type: 'Limited', limited: { nominalConcurrencyShares: 10, limitResponse: { type: 'Reject' } } },
  });
  const report = reportOf([level('v1beta3')], [level('v1')]);
  expect(text(report, plain)).toContain(
    [
      'Objects: only in another API version',
      '  PriorityLevelConfiguration p',
      '    apiVersion: flowcontrol.apiserver.k8s.io/v1beta3 → flowcontrol.apiserver.k8s.io/v1',
    ].join('\n'),
  );
  expect(json(report, plain)).toContain('"path": "apiVersion"');
});
