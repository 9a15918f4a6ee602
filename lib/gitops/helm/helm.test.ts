import { deploymentOf } from '../../../test/gitops/other-values';
import { App, Chart, ConfigMap, value, WebService, type WebServiceProps } from '../../index';
import { ApiObject } from 'cdk8s';
import { SeaworthyError } from '../../errors';
import { gitopsFiles } from '../gitops';
import type { TargetOptions } from '../target';
import { placesIn } from './places';
import { probesOf } from './probes';

const settings =
  (data: () => Readonly<Record<string, string>>, immutable = false) =>
  (): App => {
    const app = new App({ name: 'shop' });
    new ConfigMap(new Chart(app, 'shop', { namespace: 'shop' }), 'settings', { data: data(), immutable });
    return app;
  };

const service = (props: () => Partial<WebServiceProps>) => (): App => {
  const app = new App({ name: 'shop' });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new WebService(chart, 'api', {
    image: 'api:1.2.3',
    ports: { http: 8080 },
    probe: { http: '/' },
    ...props(),
  });
  return app;
};

/** The chart of an app, by path in its folder. */
async function chartOf(build: () => App, options: TargetOptions = {}): Promise<(path: string) => string> {
  const { files } = await gitopsFiles({
    deployments: [deploymentOf(build)],
    targets: [{ name: 'helm', options }],
    placement: {},
    repository: { path: '' },
  });
  return (path) => files.get(`helm/shop/${path}`)?.text ?? '';
}

/** What is wrong with the chart of an app: code, place, field and message. */
async function refused(build: () => App, options: TargetOptions = {}): Promise<string[]> {
  try {
    await chartOf(build, options);
    return [];
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return error.problems.map(({ code, place = '', path = '', message }) =>
      [code, place, path, message].filter((each) => each !== '').join(' '),
    );
  }
}

describe('a chart', () => {
  it('has a value where a field is one, and where one stands in a text', async () => {
    const chart = await chartOf(
      settings(() => ({
        a: value('a.host', 'shop.example'),
        b: `https://${value('a.host', 'shop.example')}:${value('a.port', 8080)}/shop.exampl`,
      })),
    );
    const template = chart('templates/shop.yaml');
    expect(template).toContain('\n  a: {{ .Values.a.host | toJson }}\n');
    expect(template).toContain(
      '\n  b: {{ print "https://" .Values.a.host ":" (.Values.a.port | toJson) "/shop.exampl" | toJson }}\n',
    );
    expect(chart('values.yaml')).toBe('a:\n  host: "shop.example"\n  # (at least 1)\n  port: 8080\n');
  });

  it('says in values.yaml and its schema what users can set', async () => {
    const chart = await chartOf(
      service(() => ({
        replicas: value('replicas', 3, { minimum: 2, maximum: 9, description: 'Copies\nof the API.' }),
        args: [value('level', 'info', { enum: ['info', 'debug'] }), String(value('ratio', 0.5))],
      })),
    );
    expect(chart('values.yaml')).toBe(
      '# (one of "info", "debug")\nlevel: "info"\n# (at least 0.25)\nratio: 0.5\n# Copies of the API. (at least 2, at most 9)\nreplicas: 3\n',
    );
    const { properties, required } = JSON.parse(chart('values.schema.json')) as Record<string, unknown>;
    expect(required).toEqual(['level', 'ratio', 'replicas']);
    expect(properties).toEqual({
      level: { type: 'string', default: 'info', enum: ['info', 'debug'] },
      ratio: { type: 'number', default: 0.5, minimum: 0.25 },
      replicas: { type: 'integer', description: 'Copies\nof the API.', default: 3, minimum: 2, maximum: 9 },
      global: { type: 'object' },
    });
  });

  it('refuses numbers below which the app has other objects, or none at all', async () => {
    const schema = async (build: () => App): Promise<unknown> =>
      (JSON.parse((await chartOf(build))('values.schema.json')) as { properties: unknown }).properties;
    expect(await schema(service(() => ({ replicas: value('replicas', 3) })))).toMatchObject({
      replicas: { minimum: 2 },
    });
    const few = settings(() => {
      const workers = value('workers', 1);
      if (workers < 1) throw new SeaworthyError({ code: 'INVALID_PROP', message: 'no workers' });
      return { workers: String(workers) };
    });
    expect(await schema(few)).toMatchObject({ workers: { minimum: 1 } });
  });

  it('escapes what looks like a template', async () => {
    const chart = await chartOf(settings(() => ({ rule: '{{ $labels.pod }} {{{- x }}' })));
    expect(chart('templates/shop.yaml')).toContain('{{ "{{" }} $labels.pod }} {{ "{{" }}{- x }}');
  });

  it('has definitions in crds/, where Helm installs them first and never deletes them', async () => {
    const chart = await chartOf(() => {
      const app = settings(() => ({}))();
      new ApiObject(new Chart(app, 'definitions'), 'widgets', {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.acme.example', annotations: { about: '{{ x }}' } },
        spec: {
          group: 'acme.example',
          names: { kind: 'Widget', plural: 'widgets' },
          scope: 'Namespaced',
          versions: [
            { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
          ],
        },
      });
      return app;
    });
    expect(chart('crds/definitions.yaml')).toContain('about: "{{ x }}"');
    expect(chart('templates/definitions.yaml')).toBe('');
  });
});

describe('what Helm cannot template', () => {
  it.each<[string, () => App, string]>([
    [
      'the content of an object that is named by it',
      settings(() => ({ level: value('level', 'info') }), true),
      'metadata.name value "level" is used where Helm cannot template it: it changes the name of the object',
    ],
    [
      'a number that is multiplied',
      service(() => ({ replicas: 2 * value('doubled', 3) })),
      'Deployment shop/shop-api spec.replicas value "doubled" is used where Helm cannot template it: the field is computed: 6 becomes 8 where 3 becomes 4',
    ],
    [
      'a number that is cut off',
      service(() => ({ replicas: Math.min(value('limited', 3), 5) })),
      'spec.replicas value "limited" is used where Helm cannot template it: the field is computed: 3 becomes 5 where 3 becomes 16',
    ],
    [
      'a flag that adds an object',
      () => {
        const app = settings(() => ({}))();
        if (value('extra', false)) new ConfigMap(new Chart(app, 'more'), 'extra', { data: {} });
        return app;
      },
      'value "extra" is used where Helm cannot template it: it changes whether the object is there',
    ],
    [
      'a flag that adds a field',
      settings(() => (value('extra', false) ? { a: '1', b: '2' } : { a: '1' })),
      'ConfigMap shop/shop-settings data value "extra" is used where Helm cannot template it: it changes which fields there are',
    ],
    [
      'a text in capitals',
      settings(() => ({ level: value('shouted', 'info').toUpperCase() })),
      'data.level value "shouted" is used where Helm cannot template it: the field is computed: "INFO" becomes "XINFO" where "info" becomes "xinfo"',
    ],
    [
      'an app that fails with it',
      service(() => ({ resources: { cpu: value('cpu', 'x' as string) === 'x' ? '1' : 'many' } })),
      'VALUE_NOT_TEMPLATED value("cpu") the app cannot be rendered with "xx"',
    ],
    [
      'two values of which the greater counts',
      service(() => ({ replicas: Math.max(value('one', 3), value('two', 3)) })),
      'spec.replicas value "two" is used where Helm cannot template it: the field is also that of value "one"',
    ],
  ])('is an error: %s', async (_, build, expected) => {
    expect((await refused(build)).join('\n')).toContain(expected);
  });
});

it.each<[string, () => App, string]>([
  [
    'two defaults',
    settings(() => ({ a: value('x', 'one'), b: value('x', 'two') })),
    'INVALID_VALUE value("x") it has two defaults in one chart, "one" and "two"',
  ],
  [
    'two types',
    settings(() => ({ a: value('x', 'one'), b: String(value('x', 2)) })),
    'INVALID_VALUE value("x") it has two types in one chart, string and number',
  ],
  [
    'a path below another one',
    settings(() => ({ a: value('x', 'one'), b: value('x.y', 'two') })),
    'INVALID_VALUE value("x.y") "x" is a value itself, and can have none below it',
  ],
])('refuses values that do not go together: %s', async (_, build, expected) => {
  expect((await refused(build)).join('\n')).toContain(expected);
});

it.each([
  [{ version: '1.2' }, 'seaworthy.targets.helm.version Invalid value: "1.2": must be a semantic version'],
  [{ version: '01.2.3' }, 'seaworthy.targets.helm.version'],
  [{ name: 'My Shop' }, 'seaworthy.targets.helm.name Invalid value: "My Shop"'],
])('refuses what Helm would: %j', async (options, expected) => {
  expect(
    (
      await refused(
        settings(() => ({})),
        options,
      )
    ).join('\n'),
  ).toContain(expected);
});

it('takes no version that is none, and any that is one', async () => {
  for (const version of ['1.0.0-rc.1+build.5', '0.0.0', '10.20.30-x-y.7'])
    expect(
      await refused(
        settings(() => ({})),
        { version },
      ),
    ).toEqual([]);
});

it.each([
  [{ path: 'a', initial: 3 }, [2, 1, 4, 16]],
  [{ path: 'a', initial: 1 }, [0, 2, 12]],
  [{ path: 'a', initial: 0.5 }, [0.25, 1.5, 11]],
  [{ path: 'a', initial: 3, minimum: 2, maximum: 5 }, [5, 2, 4]],
  [{ path: 'a', initial: 'v1.2.3' }, ['v1.2.4', 'v1.2.5']],
  [{ path: 'a', initial: '9m' }, ['1m', '2m']],
  [{ path: 'a', initial: 'https://shop.example' }, ['https://xshop.example', 'https://yshop.example']],
  [{ path: 'a', initial: 'a', enum: ['a', 'b'] }, ['b']],
  [{ path: 'a', initial: true }, [false]],
])('tries other values of the same form: %j', (tried, expected) => {
  expect(probesOf(tried)).toEqual(expected);
});

it.each([
  ['a-a', 'a', 'xa', 'xa-a', [0]],
  ['a-a', 'a', 'xa', 'a-xa', [2]],
  ['a-a', 'a', 'xa', 'xa-xa', [0, 2]],
  ['11', '1', '2', '12', [1]],
  ['ab', '', 'x', 'axb', [1]],
  ['abc', 'b', 'x', 'aXc', undefined],
  ['abc', 'b', 'x', 'axcd', undefined],
])(
  'finds in %j that becomes another text where %j becomes %j: %j',
  (text, initial, other, changed, expected) => {
    expect(placesIn(text, initial, [{ value: other, text: changed }])).toEqual(expected);
  },
);
