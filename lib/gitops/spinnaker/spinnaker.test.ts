import { ManifestSet } from '../../manifest/set';
import type { KubeObject } from '../../manifest/manifest';
import { gitopsFiles } from '../gitops';
import { boundImages, unbound } from './images';
import { forSpinnaker } from './objects';

interface Stage {
  readonly name: string;
  readonly stageEnabled?: { readonly expression: string };
  readonly manifests?: readonly KubeObject[];
  readonly [field: string]: unknown;
}

interface About {
  readonly options?: Record<string, string>;
  readonly order?: readonly string[];
  readonly profiles?: Record<string, object>;
  readonly app?: string;
}

const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } };

async function pipeline(objects: readonly object[], about: About = {}) {
  const {
    options = {},
    profiles = { production: { spinnakerAccount: 'prod' } },
    app = 'shop',
    order,
  } = about;
  const { files } = await gitopsFiles({
    deployments: Object.entries(profiles).map(([environment, profile]) => ({
      ...(app !== '' && { app }),
      environment,
      profile,
      manifests: ManifestSet.of(objects).manifests.map((each) => ({
        ...each,
        origin: { environment, chart: 'shop' },
      })),
    })),
    targets: [{ name: 'spinnaker', options }],
    placement: {},
    repository: { path: 'dist' },
    ...(order !== undefined && { environments: order }),
  });
  const text = files.get(`spinnaker/pipelines/${app || 'app'}.json`)?.text ?? '';
  return { text, ...(JSON.parse(text) as { stages: Stage[]; application: string; spelEvaluator: string }) };
}

function deployment(name: string, image: string, spec: object = {}): KubeObject {
  const template = { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } };
  const selector = { matchLabels: { app: name } };
  const metadata = { name, namespace: 'shop' };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template, ...spec } };
}

const names = ({ stages }: { readonly stages: readonly Stage[] }): string[] => stages.map(({ name }) => name);

describe('the environments of a pipeline', () => {
  const profiles = { a: { spinnakerAccount: 'x' }, b: { spinnakerAccount: 'y' } };

  it('come in the order of the project, with a judgment before all but the first', async () => {
    const both = await pipeline([MAP], { profiles, order: ['b', 'c', 'a'] });
    expect(names(both)).toEqual(['Deploy b', 'Check b', 'Judge a', 'Deploy a', 'Check a']);
    expect(both.stages.map(({ account }) => account).filter(Boolean)).toEqual(['y', 'x']);
  });

  it.each([
    ['all', ['Judge a', 'Deploy a', 'Check a', 'Judge b', 'Deploy b', 'Check b']],
    ['none', ['Deploy a', 'Check a', 'Deploy b', 'Check b']],
  ])('wait for judgments where they are asked for: %s', async (judgment, expected) => {
    expect(names(await pipeline([MAP], { profiles, options: { judgment } }))).toEqual(expected);
  });
});

it('keeps what looks like an expression of Spinnaker, and evaluates none of it', async () => {
  const hostile = '${T(java.lang.Runtime)} $${x} {{y}} "\\n\u2028\u0000 %{z}';
  const { text, stages, spelEvaluator } = await pipeline([{ ...MAP, data: { hostile } }]);
  expect(stages[0]?.manifests?.[0]).toMatchObject({ data: { hostile } });
  // Orca leaves out manifests only where both are so.
  expect([spelEvaluator, stages[0]?.['skipExpressionEvaluation']]).toEqual(['v4', true]);
  const rest = { ...(JSON.parse(text) as object), stages: stages.map(({ manifests: _, ...stage }) => stage) };
  expect(JSON.stringify(rest)).not.toContain('${');
});

it('rolls a Deployment back to the revision that it had, unless it keeps none', async () => {
  const { stages } = await pipeline([
    deployment('api', 'ghcr.io/acme/api:1'),
    deployment('web', 'ghcr.io/acme/web:1', { revisionHistoryLimit: 0 }),
  ]);
  expect(names({ stages })).toEqual(['Deploy production', 'Undo shop/api in production', 'Check production']);
  const [deploy, undo, check] = stages;
  expect(deploy).toMatchObject({ failPipeline: false, continuePipeline: true });
  expect(undo).toMatchObject({ manifestName: 'deployment api', location: 'shop', account: 'prod' });
  expect(undo?.stageEnabled?.expression).toMatch(/^!#stageByRefId\('1'\)\.hasSucceeded && .* != null$/);
  expect(undo?.['revision']).toMatch(/^\$\{#stageByRefId\('1'\)\.outputs\[.*metadata\.name == 'api'.*\}$/);
  expect(check).toMatchObject({ requisiteStageRefIds: ['1', '2'], failPipeline: true });
});

it('deploys definitions and namespaces in a stage before what is of them', async () => {
  const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
  const { stages } = await pipeline([
    MAP,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { ...definition, metadata: { name: 'boats.acme.example' } },
  ]);
  const kinds = stages.map(({ manifests = [] }) => manifests.map(({ kind }) => kind));
  expect(kinds).toEqual([['Namespace', 'CustomResourceDefinition'], ['ConfigMap'], []]);
  expect(stages[1]?.stageEnabled?.expression).toBe("#stageByRefId('1').hasSucceeded");
});

describe('images', () => {
  const bind = (...images: readonly string[]): string[] => [
    ...boundImages([images.map((image, index) => deployment(`d${index}`, image))]).keys(),
  ];

  it('are bound by their names where they have a version', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const image = `ghcr.io/acme/api:1@${digest}`;
    const object = deployment('api', image);
    const found = boundImages([[object]]);
    expect(found.get(image)).toEqual({ name: 'ghcr.io/acme/api', version: digest, reference: image });
    expect(JSON.stringify(unbound(object, found))).toContain('"image":"ghcr.io/acme/api"');
    expect(bind('nginx', 'nginx:latest')).toEqual([]);
  });

  it('are left where Spinnaker would take another text for the name', () => {
    expect(bind('localhost:5000/api:1', 'not an image', 'nginx')).toEqual([]);
  });

  it('are left in all stages where one stage has two versions of one', () => {
    const stages = [[deployment('a', 'nginx:1')], [deployment('a', 'nginx:1'), deployment('b', 'nginx:2')]];
    expect(boundImages(stages).size).toBe(0);
  });

  it('are left where Spinnaker does not look', () => {
    const spec = { containers: [{ name: 'a', image: 'a:1' }], initContainers: [{ name: 'b', image: 'b:1' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
    const other = { ...deployment('a', 'a:1'), apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
    expect([...boundImages([[pod]]).keys()]).toEqual(['a:1']);
    expect([...boundImages([[other]]).keys()]).toEqual([]);
    expect(unbound(other, boundImages([[pod]]))).toEqual(other);
  });
});

describe('annotations for Spinnaker', () => {
  const added = (object: KubeObject, isScaled = false): unknown =>
    forSpinnaker(object, isScaled).metadata.annotations;
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'load' }, spec: {} };
  const large = { ...MAP, data: { a: 'x'.repeat(262_000) } };

  it('keep the names of ConfigMaps, since those of ours follow their content', () => {
    expect(added(MAP)).toEqual({ 'strategy.spinnaker.io/versioned': 'false' });
  });

  it('create a Job anew that cannot be changed', () => {
    expect(added(job)).toEqual({ 'strategy.spinnaker.io/recreate': 'true' });
    expect(added({ ...job, metadata: { name: 'load-0123456789' } })).toBeUndefined();
  });

  it('leave the replicas that a scaler chose', () => {
    expect(added(deployment('a', 'a:1'), true)).toEqual({
      'strategy.spinnaker.io/use-source-capacity': 'true',
    });
    expect(added(deployment('a', 'a:1'))).toBeUndefined();
  });

  it('apply on the server what is too large for the annotation of kubectl', () => {
    expect(added(large)).toMatchObject({ 'strategy.spinnaker.io/server-side-apply': 'true' });
  });

  it('are those of the app where it has them', () => {
    const own = { 'strategy.spinnaker.io/versioned': 'true' };
    expect(added({ ...MAP, metadata: { name: 'a', annotations: own } })).toEqual(own);
  });
});

describe('what a pipeline cannot be made of', () => {
  const labels = { 'app.kubernetes.io/managed-by': 'acme' };
  const sops = { lastmodified: '2026-01-01T00:00:00Z', mac: 'x', version: '3.9.0' };

  it.each<[string, readonly object[], About, string]>([
    ['no account', [MAP], { profiles: { production: {} } }, 'profile.spinnakerAccount'],
    ['no name', [MAP], { app: '' }, 'seaworthy.targets.spinnaker.application'],
    ['a name that Spinnaker refuses', [MAP], { app: '1-shop' }, 'seaworthy.targets.spinnaker.application'],
    ['an environment out of order', [MAP], { order: ['staging'] }, 'seaworthy.environments'],
    [
      'a selector of what Spinnaker changes',
      [deployment('api', 'a:1', { selector: { matchLabels: labels } })],
      {},
      'spec.selector.matchLabels',
    ],
    [
      'an expression of that kind',
      [
        deployment('api', 'a:1', {
          selector: { matchExpressions: [{ key: Object.keys(labels)[0], operator: 'Exists' }] },
        }),
      ],
      {},
      'spec.selector.matchExpressions[0]',
    ],
  ])('is refused: %s', async (_, objects, about, path) => {
    await expect(pipeline(objects, about)).rejects.toMatchObject({
      problems: [{ code: 'CONFIG_INVALID', path }],
    });
  });

  it('is refused: what SOPS has encrypted', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, sops };
    await expect(pipeline([secret])).rejects.toThrow('Spinnaker does not decrypt what SOPS has encrypted');
  });

  it('takes the account and the application from the options', async () => {
    const options = { account: 'main', application: 'acme' };
    const { application, stages } = await pipeline([MAP], { app: '', profiles: { production: {} }, options });
    expect([application, stages[0]?.['account'], stages[0]?.['moniker']]).toEqual([
      'acme',
      'main',
      { app: 'acme' },
    ]);
  });
});
