import type { Construct } from 'constructs';
import { z } from 'zod';
import { ConfigMap } from '../constructs/config/config-map';
import { ClusterRole } from '../constructs/access/role';
import { KubeObject } from '../constructs/core/object';
import { defineRule } from '../check/rule';
import { defineResource, type OneVersion } from './definition';
import { versionOf } from './props';
import type { PropsSchema } from './props-schema';
import { render } from './render';
import { RENDERED_BY, type CustomResource, type RenderContext, type ResourceDefinition } from './types';

const props = z.object({ text: z.string().min(2), times: z.int().default(1) });
type Props = z.output<typeof props>;

/** A kind of resource whose construct is this. */
const of = (
  construct: (scope: Construct, props: Props, resource: CustomResource) => unknown,
  options: Partial<OneVersion<PropsSchema>> = {},
): ResourceDefinition =>
  defineResource({
    group: 'shop.example',
    kind: 'Note',
    ...options,
    props,
    construct: (scope, own, resource) => construct(scope, own, resource) as undefined,
  });

const resource = (spec: unknown = { text: 'hello' }, annotations = {}): CustomResource => ({
  apiVersion: 'shop.example/v1',
  kind: 'Note',
  metadata: { name: 'greeting', namespace: 'shop', annotations },
  spec,
});

const config = (scope: Construct, { text, times }: Props): void => {
  new ConfigMap(scope, 'Default', { data: { TEXT: text.repeat(times) }, immutable: false });
};

/** Reason and message of what is wrong. */
function problem(
  definition: ResourceDefinition,
  of: CustomResource = resource(),
  context: RenderContext = {},
): string | undefined {
  const { problem: found } = render(definition, of, context);
  return found === undefined ? undefined : `${found.reason}: ${found.message}`;
}

const object = (scope: Construct, id: string, apiVersion: string, kind: string, namespace?: string): void => {
  const metadata = namespace === undefined ? {} : { namespace };
  new KubeObject(scope, id, { apiVersion, kind, metadata, content: () => ({}) });
};

it('renders what the construct describes, with defaults, in the namespace and by the name of the resource', () => {
  const { set, problem: none } = render(of(config), resource(), {});
  expect(none).toBeUndefined();
  expect(set?.manifests.map(({ object: each }) => each)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'greeting', namespace: 'shop' },
      data: { TEXT: 'hello' },
    },
  ]);
});

it('renders the same each time', () => {
  const [a, b] = [1, 2].map(() => render(of(config), resource(), {}).set?.toYaml());
  expect(a).toBe(b);
});

it('asks the profile of the cluster', () => {
  const asked: unknown[] = [];
  const definition = of((scope) => {
    asked.push((scope.node.scope as unknown as { readonly profile: unknown }).profile);
    config(scope, { text: 'a', times: 1 });
  });
  render(definition, resource(), { profile: { ingressClass: 'nginx' } });
  expect(asked).toEqual([expect.objectContaining({ ingressClass: 'nginx' })]);
});

it.each<[string, (scope: Construct, props: Props) => unknown, string | RegExp]>([
  [
    'throws',
    () => {
      throw new Error('no disk');
    },
    'ConstructFailed: the construct threw: no disk',
  ],
  [
    'throws nothing',
    () => {
      throw undefined as unknown as Error;
    },
    /^ConstructFailed: the construct threw: /,
  ],
  [
    'is asynchronous',
    () => Promise.reject(new Error('late')),
    /^ConstructFailed: the construct is asynchronous/,
  ],
  ['describes nothing', () => undefined, 'NothingRendered: the construct describes no object'],
  [
    'takes no such props',
    (scope) => new ConfigMap(scope, 'a', { dta: {} } as never),
    /^SynthFailed: .*unknown prop/i,
  ],
  [
    'describes two of one identity',
    (scope) => {
      object(scope, 'a', 'v1', 'ConfigMap');
      new KubeObject(scope, 'b', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'greeting-a' },
        content: () => ({}),
      });
    },
    /^SynthFailed: .*DUPLICATE_IDENTITY/,
  ],
  [
    'renders itself',
    (scope) => object(scope, 'again', 'shop.example/v1', 'Note'),
    'RendersItself: it renders a resource of its own kind: Note shop/greeting-again',
  ],
  [
    'renders into another namespace',
    (scope) => object(scope, 'a', 'v1', 'ConfigMap', 'kube-system'),
    /^OtherNamespace: .*ConfigMap kube-system\/greeting-a/,
  ],
  [
    'renders into no namespace',
    (scope) => new ClusterRole(scope, 'a', { rules: [] }),
    /^ClusterScopedObject: ClusterRole greeting-a/,
  ],
  [
    'renders what the API server refuses',
    (scope) =>
      new KubeObject(scope, 'a', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        content: () => ({ data: { A: 1 } }),
      }),
    /^CheckFailed: ConfigMap shop\/greeting-a data/,
  ],
  [
    'renders thousands',
    (scope) => {
      for (let i = 0; i < 1_001; i++) object(scope, `a${i}`, 'v1', 'ConfigMap');
    },
    /^TooManyObjects: .* 1001 objects/,
  ],
])('says so of a construct that %s', (_, construct, expected) => {
  const found = problem(of(construct));
  expect(found).toMatch(expected);
});

it('allows objects in no namespace where the definition does', () => {
  const definition = of((scope) => new ClusterRole(scope, 'a', { rules: [] }), {
    clusterScopedObjects: true,
  });
  expect(problem(definition)).toBeUndefined();
});

it.each<[string, unknown, RegExp]>([
  ['wrong', { text: 'a' }, /^InvalidSpec: spec\.text: Too small/],
  ['missing', {}, /^InvalidSpec: spec\.text: Invalid input/],
  ['no object', 'text', /^InvalidSpec: spec: /],
  ['a megabyte', { text: 'x'.repeat(1_000_000) }, /^ResourceTooLarge: spec has 10000\d\d bytes/],
])('refuses props that are %s', (_, spec, expected) => {
  expect(problem(of(config), resource(spec))).toMatch(expected);
});

it('bears a schema that throws, and one that takes its time', () => {
  const throwing = z.object({
    text: z.string().refine(() => {
      throw new Error('oh');
    }),
  });
  const slow = z.object({ text: z.string().refine(() => Promise.resolve(true)) });
  for (const schema of [throwing, slow])
    expect(problem({ ...of(config), versions: [{ name: 'v1', schema }] })).toMatch(
      /^InvalidSpec: its schema /,
    );
});

it('holds policies of the definition against what it renders', () => {
  const short = defineRule({
    name: 'short',
    severity: 'error',
    about: 'Finds long texts.',
    why: 'They are long.',
    run({ set }, report) {
      for (const manifest of set) report(manifest, 'data.TEXT', 'is long');
    },
  });
  expect(problem(of(config, { checks: { rules: [short] } }))).toBe(
    'CheckFailed: ConfigMap shop/greeting data.TEXT: is long (custom/short)',
  );
  const broken = {
    ...short,
    run: () => {
      throw new Error('oh');
    },
  };
  expect(problem(of(config, { checks: { rules: [broken] } }))).toMatch(/^CheckFailed: .*RULE_FAILED/);
});

it('refuses kinds that the operator has no permission for', () => {
  const permitted = [{ group: 'apps', kind: 'Deployment' }];
  expect(problem(of(config), resource(), { permitted })).toMatch(/^NotPermitted: .*ConfigMap shop\/greeting/);
  expect(problem(of(config), resource(), { permitted: [{ group: '', kind: 'ConfigMap' }] })).toBeUndefined();
});

it('finds resources that render each other in a circle', () => {
  const served = [
    { group: 'shop.example', kind: 'Note' },
    { group: 'shop.example', kind: 'Page' },
  ];
  const definition = of((scope) => object(scope, 'page', 'shop.example/v1', 'Page'));
  const page = render(definition, resource(), { served }).set?.manifests[0]?.object;
  expect(page?.metadata.annotations).toEqual({ [RENDERED_BY]: 'Note.shop.example' });
  const below = resource({ text: 'hello' }, { [RENDERED_BY]: 'Note.shop.example,Page.shop.example' });
  expect(problem(definition, below, { served })).toBe(
    'RendersItself: it renders itself, by way of Page.shop.example',
  );
});

describe('a former version', () => {
  const definition = defineResource({
    group: 'shop.example',
    kind: 'Note',
    versions: {
      v1: {
        props: z.object({ host: z.string(), port: z.int().default(80) }),
        convert: ({ host, port }) => ({ hosts: [`${host}:${port}`] }),
      },
      v2: { props: z.object({ hosts: z.array(z.string()), color: z.string().default('blue') }) },
    },
    construct: (scope, { hosts, color }) => {
      new ConfigMap(scope, 'Default', { data: { HOSTS: hosts.join(), COLOR: color }, immutable: false });
    },
  });
  const data = (spec: unknown): unknown => {
    const { set, problem: found } = render(definition, resource(spec), {});
    return found?.message ?? set?.manifests[0]?.object['data'];
  };

  it('is converted, also with the defaults of the stored one, which the API server sets', () => {
    expect(data({ host: 'a' })).toEqual({ HOSTS: 'a:80', COLOR: 'blue' });
    expect(data({ host: 'a', port: 8080, color: 'blue' })).toEqual({ HOSTS: 'a:8080', COLOR: 'blue' });
    expect(versionOf(definition, { host: 'a' }).version.name).toBe('v1');
  });

  it('is not what the stored one is', () => {
    expect(data({ hosts: ['a', 'b'] })).toEqual({ HOSTS: 'a,b', COLOR: 'blue' });
    expect(versionOf(definition, { hosts: [] }).version.name).toBe('v2');
  });

  it('does not mix with the stored one', () => {
    expect(data({ host: 'a', hosts: ['b'] })).toBe(
      '"host" is a prop of v1, and "hosts" one of v2: use those of one version',
    );
  });
});
