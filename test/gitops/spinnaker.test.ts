import { isPlainRecord } from '../../lib/manifest/data';
import { identityKey, type KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { deployments, filesFor, set, type PipelineText } from './shop';
import { faultsIn } from './spinnaker-fields';

const ENVIRONMENTS = ['staging', 'production'];

let pipeline: PipelineText & Record<string, unknown>;

beforeAll(async () => {
  const files = await filesFor({
    deployments: deployments(ENVIRONMENTS).map((each) => ({
      ...each,
      profile: { ...each.profile, spinnakerAccount: each.environment ?? '' },
    })),
    targets: [{ name: 'spinnaker', options: {} }],
  });
  pipeline = JSON.parse(files.get('spinnaker/pipelines/shop.json') ?? '{}') as typeof pipeline;
});

it('has the fields that Spinnaker reads, with their types', () => {
  expect(faultsIn(pipeline)).toEqual([]);
});

it('would not pass with a field that Spinnaker lacks, or without one that it needs', () => {
  const [stage] = pipeline.stages;
  const { account: _, ...rest } = stage as unknown as Record<string, unknown>;
  const wrong = { ...pipeline, name: '', stages: [{ ...rest, refId: 1, manifest: {} }] };
  expect(faultsIn(wrong)).toEqual([
    'pipeline.name: no text',
    'Deploy staging (1 of 3).account: required',
    'Deploy staging (1 of 3).refId: no text',
    'Deploy staging (1 of 3).manifest: unknown',
  ]);
});

it('deploys what was synthesized, once its artifacts are bound and without what it says to Spinnaker', () => {
  const names = new Map(pipeline.expectedArtifacts.map(({ id, defaultArtifact }) => [id, defaultArtifact]));
  for (const environment of ENVIRONMENTS) {
    const deployed = pipeline.stages
      .filter(({ name }) => name.startsWith(`Deploy ${environment} `))
      .flatMap(({ manifests = [], requiredArtifactIds = [] }) => {
        const artifacts = (requiredArtifactIds as readonly string[]).map((id) => names.get(id) ?? {});
        return manifests.map((object) => plain(bound(object, artifacts)));
      });
    const after = ManifestSet.of(deployed).manifests;
    const before = set
      .in(environment)
      .manifests.map(({ id, object }): [string, unknown] => [identityKey(id), object]);
    expect(new Map(after.map(({ id, object }) => [identityKey(id), object]))).toEqual(new Map(before));
    expect(after).toHaveLength(before.length);
  }
});

it('orders all stages, and asks before it goes from one environment to the next', () => {
  const { stages } = pipeline;
  const refs = stages.map(({ refId }) => refId);
  stages.forEach(({ requisiteStageRefIds }, index) => {
    for (const ref of requisiteStageRefIds as string[]) expect(refs.indexOf(ref)).toBeLessThan(index);
    expect(refs.indexOf(refs[index])).toBe(index);
  });
  const about = (name: string): unknown => stages.find((each) => each.name === name);
  expect(about('Judge production')).toMatchObject({
    requisiteStageRefIds: [stages.find(({ name }) => name === 'Check staging')?.['refId']],
  });
  expect(about('Deploy production (1 of 3)')).toMatchObject({
    requisiteStageRefIds: [stages.find(({ name }) => name === 'Judge production')?.['refId']],
  });
  expect(stages.filter(({ type }) => type === 'manualJudgment')).toHaveLength(1);
});

it('has a rollback of each Deployment, with the stage that deploys it', () => {
  for (const environment of ENVIRONMENTS) {
    const deployed = pipeline.stages
      .filter(({ name }) => name.startsWith(`Deploy ${environment} `))
      .flatMap(({ refId, manifests = [] }) =>
        manifests
          .filter(({ kind }) => kind === 'Deployment')
          .map(({ metadata: { namespace, name } }) => [`Undo ${namespace}/${name} in ${environment}`, refId]),
      );
    const undone = pipeline.stages
      .filter(({ type, account }) => type === 'undoRolloutManifest' && account === environment)
      .map(({ name, revision }) => [name, /stageByRefId\('(\d+)'\)\.outputs/.exec(String(revision))?.[1]]);
    expect(undone).toEqual(deployed);
    expect(undone.length).toBeGreaterThan(3);
  }
});

/** The object with what Spinnaker binds: the reference of the artifact that has the name of an image. */
function bound(object: KubeObject, artifacts: readonly Record<string, string>[]): KubeObject {
  return JSON.parse(JSON.stringify(object), (key, value: unknown) => {
    const found = key === 'image' ? artifacts.find(({ name }) => name === value) : undefined;
    return found?.['reference'] ?? value;
  }) as KubeObject;
}

/** The object without annotations that only Spinnaker reads. */
function plain(object: KubeObject): KubeObject {
  const { annotations, ...metadata } = object.metadata;
  const own = Object.entries(isPlainRecord(annotations) ? annotations : {}).filter(
    ([key]) => !key.startsWith('strategy.spinnaker.io/'),
  );
  const isKept = own.length > 0;
  return {
    ...object,
    metadata: { ...metadata, ...(isKept && { annotations: Object.fromEntries(own) }) },
  };
}
