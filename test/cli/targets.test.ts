import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, put } from '../output/outputs';
import { filesIn, handOver, projectOf, read, removeFolders, seaworthy } from './support/cli';
import { app, configured } from './support/for-targets';

afterAll(removeFolders);

const BOTH = app({ staging: { same: 'x', own: 's' }, production: { same: 'x', own: 'p' } });

const MAP = {
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } },
  origin: { environment: 'staging', chart: 'shop' },
};

describe('seaworthy synth --environment, for targets', () => {
  it('removes what the former deployer of the environment read, and leaves it for the others', async () => {
    const project = projectOf(BOTH, configured('[argocd]'));
    await seaworthy(project, ['synth']);
    writeFileSync(
      join(project, 'cdk8s.yaml'),
      configured('{ argocd: { environments: [staging] }, flux: { environments: [production] } }'),
    );
    const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'production']);
    expect([code, stderr.includes('Error')]).toEqual([0, false]);
    expect(filesIn(join(project, 'dist'))).toEqual([
      '.gitattributes',
      'README.md',
      'argocd/applications/shop-project.yaml',
      'argocd/applications/shop-staging.yaml',
      'argocd/shop/staging/shop.yaml',
      'flux/clusters/production/shop.yaml',
      'flux/shop/production/shop.yaml',
    ]);
  });

  it('writes what the environment shares with others, unless these would no longer agree with it', async () => {
    const project = projectOf(BOTH, configured('{ kustomize: { overlays: true } }'));
    const first = await seaworthy(project, ['synth', '--environment', 'production']);
    expect(first.code).toBe(0);
    expect(filesIn(join(project, 'dist'))).toEqual([
      'kustomize/shop/base/kustomization.yaml',
      'kustomize/shop/base/shop.yaml',
      'kustomize/shop/production/kustomization.yaml',
      'kustomize/shop/production/shop.yaml',
    ]);
    expect((await seaworthy(project, ['synth', '--environment', 'staging'])).code).toBe(0);
    writeFileSync(
      join(project, 'main.js'),
      app({ staging: { same: 'x', own: 's' }, production: { same: 'y', own: 'p' } }),
    );
    const before = read(project, 'dist/kustomize/shop/base/shop.yaml');
    const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'production']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      '"production" cannot be written alone: it shares kustomize/shop/base/kustomization.yaml and 1 more with "staging"',
    );
    expect(read(project, 'dist/kustomize/shop/base/shop.yaml')).toBe(before);
    expect((await seaworthy(project, ['synth'])).code).toBe(0);
    expect((await seaworthy(project, ['synth', '--check'])).code).toBe(0);
  });

  it('does not leave an ApplicationSet that deploys the environment, too', async () => {
    const project = projectOf(BOTH, configured('{ argocd: { applicationSet: true } }'));
    await seaworthy(project, ['synth']);
    writeFileSync(join(project, 'cdk8s.yaml'), configured('[flux]'));
    const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'production']);
    expect(code).toBe(2);
    expect(stderr).toContain('it shares argocd/applications/shop.yaml with "staging", and that changes');
  });
});

it('writes a pipeline in the order of cdk8s.yaml, and for one environment only where the others stay', async () => {
  const options = '{ spinnaker: { account: main } }\n  environments: [staging, production]';
  const project = projectOf(BOTH, configured(options));
  expect((await seaworthy(project, ['synth', '--environment', 'production'])).code).toBe(0);
  expect(filesIn(join(project, 'dist'))).toEqual(['spinnaker/pipelines/shop.json']);
  const { stages } = JSON.parse(read(project, 'dist/spinnaker/pipelines/shop.json')) as {
    stages: { name: string }[];
  };
  expect(stages.map(({ name }) => name)).toEqual([
    'Deploy staging',
    'Check staging',
    'Judge production',
    'Deploy production',
    'Check production',
  ]);
  expect((await seaworthy(project, ['synth', '--environment', 'staging'])).code).toBe(0);
  writeFileSync(
    join(project, 'main.js'),
    app({ staging: { same: 'x' }, production: { same: 'x', own: 'p' } }),
  );
  const { code, stderr } = await seaworthy(project, ['synth', '--environment', 'staging']);
  expect(code).toBe(2);
  expect(stderr).toContain('it shares spinnaker/pipelines/shop.json with "production", and that changes');
});

describe('what targets cannot write', () => {
  const flux = configured('{ kubectl: {}, flux: { environments: [production] } }');
  const named = (name: string): string => handOver({ name, clusters: { staging: {} }, manifests: [MAP] });

  it.each([
    [
      'a deployer that the profile of the cluster does not have',
      {
        'main.js': handOver({
          name: 'shop',
          clusters: { production: {} },
          manifests: [{ ...MAP, origin: { environment: 'production', chart: 'shop' } }],
        }),
      },
      'Required value: Flux in the cluster of "production"',
      'CONFIG_INVALID',
    ],
    [
      'two apps of one name',
      { 'main.js': named('shop') + named('shop') },
      '"shop-staging" and "shop-staging" are in one folder',
      'FILE_COLLISION',
    ],
    [
      'two names that a file system takes for one',
      { 'main.js': named('shop') + named('Shop') },
      '"shop-staging" and "Shop-staging" are in one folder',
      'FILE_COLLISION',
    ],
    [
      'a folder of others whose name a file system takes for ours',
      {
        'dist/Kubectl/notes.txt': 'mine',
        'main.js': app({ staging: { same: 'y' }, production: { same: 'y' } }),
      },
      '/dist/Kubectl [OUTPUT_NOT_OURS]',
      'OUTPUT_NOT_OURS',
    ],
    [
      'a folder of others whose accent is composed otherwise than ours',
      {
        'cdk8s.yaml': configured('[kubectl]').replace(
          '  targets',
          '  layout: { path: "caf\u00e9/{environment}" }\n  targets',
        ),
        'dist/cafe\u0301/notes.txt': 'mine',
      },
      '/dist/cafe\u0301 [OUTPUT_NOT_OURS]',
      'OUTPUT_NOT_OURS',
    ],
  ])('is an error that leaves the earlier output as it is: %s', async (_, files, message, code) => {
    const project = projectOf(BOTH, flux);
    await seaworthy(project, ['synth']);
    const before = contents(join(project, 'dist'));
    put(project, files);
    const answer = await seaworthy(project, ['synth']);
    expect(answer).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
    expect(answer.stderr).toContain(`[${code}]`);
    expect(contents(join(project, 'dist'))).toMatchObject(before);
  });
});
