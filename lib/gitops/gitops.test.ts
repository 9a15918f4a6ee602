import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { gitopsFiles, type GitopsInput } from './gitops';
import { pathProblem } from './folder';
import type { Deployment } from './target';

/** A ConfigMap, or another object, of a chart in an environment: `staging/shop/name`. */
function object(
  place: string,
  about: Partial<Manifest> & { readonly kind?: string; readonly namespace?: string } = {},
): Manifest {
  const [environment = '', chart = '', name = ''] = place.split('/');
  const { kind = 'ConfigMap', namespace, ...rest } = about;
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const [manifest] = ManifestSet.of([{ apiVersion: 'v1', kind, metadata }]).manifests;
  if (manifest === undefined) throw new Error('no manifest');
  return { ...manifest, origin: { chart, ...(environment !== '-' && { environment }) }, ...rest };
}

function deployment(environment: string, manifests: readonly Manifest[], app = 'shop'): Deployment {
  return { app, ...(environment !== '-' && { environment }), profile: {}, manifests };
}

async function paths(
  deployments: readonly Deployment[],
  about: Partial<GitopsInput> = {},
): Promise<string[]> {
  const targets = [{ name: 'kubectl', options: {} }];
  const { files } = await gitopsFiles({
    deployments,
    targets,
    placement: {},
    repository: { path: '' },
    ...about,
  });
  return [...files.keys()].filter((path) => path !== 'README.md' && path !== '.gitattributes').sort();
}

const shop = [
  object('staging/shop/shop', { kind: 'Namespace' }),
  object('staging/jobs/load', { namespace: 'jobs' }),
  object('staging/shop/web', { namespace: 'shop', stage: 1 }),
];

describe('files of kubectl', () => {
  it('sort by namespaces and definitions, then by steps of dependencies, in a folder an environment', async () => {
    expect(await paths([deployment('staging', shop)])).toEqual([
      'kubectl/shop/staging/00-shop.yaml',
      'kubectl/shop/staging/01-jobs.yaml',
      'kubectl/shop/staging/02-shop.yaml',
    ]);
  });

  it('have one object each with onePerObject, a folder a namespace with namespaceFolders, and the path of the layout', async () => {
    const placement = { path: 'clusters/{environment}', onePerObject: true, namespaceFolders: true };
    expect(await paths([deployment('staging', shop)], { placement })).toEqual([
      'clusters/staging/00-_cluster/shop/00-namespace-shop.yaml',
      'clusters/staging/01-jobs/jobs/07-configmap-jobs-load.yaml',
      'clusters/staging/02-shop/shop/07-configmap-shop-web.yaml',
    ]);
  });

  it('keep their names when an object comes to another chart', async () => {
    const before = await paths([deployment('staging', shop)]);
    const after = await paths([deployment('staging', [object('staging/added/first'), ...shop])]);
    expect(after.filter((path) => !before.includes(path))).toEqual(['kubectl/shop/staging/01-added.yaml']);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('carry the labels of an ApplySet whose parent lists kinds and namespaces', async () => {
    const { files } = await gitopsFiles({
      deployments: [deployment('staging', shop)],
      targets: [{ name: 'kubectl', options: { applySet: true } }],
      placement: {},
      repository: { path: '' },
    });
    const parent = files.get('kubectl/shop/staging/01-applyset-shop-staging.yaml')?.text ?? '';
    expect(parent).toContain('applyset.kubernetes.io/contains-group-kinds: ConfigMap,Namespace\n');
    expect(parent).toContain('applyset.kubernetes.io/additional-namespaces: shop\n');
    const id = /applyset.kubernetes.io\/id: (\S+)/.exec(parent)?.[1];
    const members = [...files].filter(([path, { text }]) => path.startsWith('kubectl/') && text !== parent);
    const label = `applyset.kubernetes.io/part-of: ${id}\n`;
    expect(members.map(([, { text }]) => text.includes(label))).toEqual([true, true, true]);
  });
});

describe('what cannot be written', () => {
  const both = [deployment('staging', shop), deployment('production', [object('production/shop/a')])];

  it.each([
    [
      'two environments in one folder',
      { placement: { path: '{target}/{app}' } },
      'FILE_COLLISION',
      'shop-production',
    ],
    [
      'an environment that the app does not have',
      { targets: [{ name: 'kubectl', environments: ['stagin'], options: {} }] },
      'CONFIG_INVALID',
      'stagin',
    ],
  ])('is an error: %s', async (_, about, code, text) => {
    await expect(paths(both, about)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text) as string,
    });
  });

  it('is an error where a file system takes two names for one', async () => {
    const apps = [deployment('staging', shop, 'Shop'), deployment('staging', shop, 'shop')];
    await expect(paths(apps)).rejects.toMatchObject({ code: 'FILE_COLLISION' });
  });

  it('is an error where one folder is in the other', async () => {
    await expect(
      paths([deployment('-', [object('-/x/a')]), deployment('staging', shop)]),
    ).rejects.toMatchObject({
      code: 'FILE_COLLISION',
      message: expect.stringContaining('kubectl/shop/') as string,
    });
  });
});

it.each([
  ['{target}/{app}/{environment}', undefined],
  ['clusters/{environment}-{app}', undefined],
  ['{cluster}', '"{cluster}" is none of {target}, {app} and {environment}'],
  ['../{app}', "has an empty part, '.' or '..' in it"],
  ['aux/{app}', 'Windows cannot have a folder "aux"'],
  ['a./{app}', 'Windows cannot have a folder "a."'],
  ['.git/{app}', "lies in git's own folder"],
  ['{app', 'a brace has no other'],
])('judges the path %s of a layout: %s', (path, problem) => {
  expect(pathProblem(path)).toBe(problem);
});

it('gives the same bytes each time, with a file that says what the output is', async () => {
  const make = () =>
    gitopsFiles({
      deployments: [deployment('staging', shop)],
      targets: [{ name: 'kubectl', environments: ['staging'], options: {} }],
      placement: {},
      repository: { path: '' },
    });
  const [one, two] = [await make(), await make()];
  expect([...one.files]).toEqual([...two.files]);
  expect(one.files.get('README.md')?.text).toContain(
    '- `kubectl`: files that kubectl apply takes in their order, for staging',
  );
  expect(one.files.get('.gitattributes')?.text).toBe('* text=auto eol=lf\n');
});

describe('secrets in plain text', () => {
  const secret = (data: Readonly<Record<string, unknown>>, about: Partial<Manifest> = {}): Manifest => {
    const kind = typeof data['kind'] === 'string' ? data['kind'] : 'Secret';
    const manifest = object('staging/shop/login', { kind, namespace: 'shop', ...about });
    return {
      ...manifest,
      object: { ...manifest.object, ...data },
      origin: { ...manifest.origin, source: 'shop.ts:7' },
    };
  };

  it.each([
    ['a Secret with a value', { data: { password: 'aHVudGVyMg==' } }, 'data'],
    ['a Secret with a text', { stringData: { password: 'hunter2' } }, 'stringData'],
    [
      'a ConfigMap that looks like it',
      { kind: 'ConfigMap', data: { PASSWORD: 'correct-horse-7' } },
      'data[PASSWORD]',
    ],
  ])('stop the write, naming the line of code: %s', async (_, data, path) => {
    await expect(paths([deployment('staging', [secret(data)])])).rejects.toMatchObject({
      problems: [{ code: 'LITERAL_SECRET', path, source: 'shop.ts:7' }],
    });
  });

  it.each([
    ['what the code accepts', { data: { token: 'c2FuZGJveA==' } }],
    ['placeholders', { stringData: { password: '<path:shop/db#password>' } }],
    ['no values', {}],
  ])('are none: %s', async (what, data) => {
    const accepted = { rule: 'policy/secret-manifest', reason: 'the sandbox', construct: 'x' };
    const about = what === 'what the code accepts' ? { suppressions: [accepted] } : {};
    await expect(paths([deployment('staging', [secret(data, about)])])).resolves.toHaveLength(1);
  });

  it('do not matter where no target writes them', async () => {
    const targets = [{ name: 'kubectl', environments: ['production'], options: {} }];
    const both = [
      deployment('staging', [secret({ data: { password: 'aHVudGVyMg==' } })]),
      deployment('production', [object('production/shop/a')]),
    ];
    await expect(paths(both, { targets })).resolves.toHaveLength(1);
  });
});

it.each([
  [
    'an object that Kustomize takes for its own',
    { annotations: { 'config.kubernetes.io/local-config': 'true' } },
  ],
  ['an object without a name', { name: undefined, generateName: 'job-' }],
])('is an error for Kustomize: %s', async (_, metadata) => {
  const manifest = object('staging/shop/a');
  const lost = {
    ...manifest,
    object: { ...manifest.object, metadata: { ...manifest.object.metadata, ...metadata } },
  };
  const targets = [{ name: 'kustomize', options: {} }];
  await expect(paths([deployment('staging', [lost as Manifest])], { targets })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
});
