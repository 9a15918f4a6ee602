import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitopsFiles } from '../../lib/gitops/gitops';
import type { Repository, TargetChoice } from '../../lib/gitops/target';
import { identityKey, type KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { deployments, set } from './shop';

/** The program of `controllers/`, which scripts/test-controllers.js builds. */
const program = process.env['SEAWORTHY_TEST_CONTROLLERS'] ?? '';

const ENVIRONMENTS = ['staging', 'production'];
const GIT = { url: 'https://github.com/acme/deploy.git', path: 'dist' };

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** What one command of the program prints. */
function read(...args: readonly string[]): unknown {
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** A checkout in which `dist/` holds what a target writes for the shop. @returns its folder */
async function checkoutFor(target: TargetChoice, repository: Repository = GIT): Promise<string> {
  const top = mkdtempSync(join(tmpdir(), 'seaworthy-controllers-'));
  folders.push(top);
  const { files, blobs } = await gitopsFiles({
    deployments: deployments(ENVIRONMENTS).map((each) => ({
      ...each,
      profile: { ...each.profile, installed: ['flux', 'argo-cd'] },
    })),
    targets: [target],
    placement: {},
    repository,
  });
  const contents = [
    ...[...files].map(([path, { text }]) => [path, text] as const),
    ...[...blobs].map(([path, { bytes }]) => [path, bytes] as const),
  ];
  for (const [path, content] of contents) {
    const file = join(top, 'dist', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return top;
}

/** Objects by their identity, each without the annotations that a target adds for its deployer. */
function byId(objects: Iterable<KubeObject>, added = /^$/): Record<string, unknown> {
  return Object.fromEntries(
    [...ManifestSet.of([...objects])].map(({ id, object }) => {
      const { annotations, ...metadata } = object.metadata;
      const own = Object.entries(annotations ?? {}).filter(([key]) => !added.test(key));
      const kept = own.length === 0 ? {} : { annotations: Object.fromEntries(own) };
      return [identityKey(id), { ...object, metadata: { ...metadata, ...kept } }];
    }),
  );
}

const synthesized = (environment: string, added: RegExp): Record<string, unknown> =>
  byId(
    [...set.in(environment)].map(({ object }) => object),
    added,
  );

/** What the hydrator writes to the branch of an environment. */
const hydratedFiles = (environment: string): readonly string[] => [
  '.gitattributes',
  `argocd/shop/${environment}/README.md`,
  `argocd/shop/${environment}/hydrator.metadata`,
  `argocd/shop/${environment}/manifest.yaml`,
  'hydrator.metadata',
];

describe.each<[string, TargetChoice['options']]>([
  ['Applications', {}],
  ['an ApplicationSet', { applicationSet: true }],
  ['Applications for the hydrator', { hydrator: true, hydrateTo: 'next/{environment}' }],
  ['an ApplicationSet for the hydrator', { hydrator: true, applicationSet: true }],
])('Argo CD, of %s', (_, options) => {
  interface Application {
    readonly name: string;
    readonly problems: readonly string[];
    readonly objects: readonly KubeObject[];
    readonly hydrated?: readonly string[];
  }

  it('permits each, has nothing to say against it, and finds exactly the synthesized objects', async () => {
    const applications = read(
      'argocd',
      await checkoutFor({ name: 'argocd', options }),
      'dist/argocd/applications',
    ) as Application[];
    expect(applications.map(({ name, problems }) => [name, problems]).sort()).toEqual([
      ['shop-production', []],
      ['shop-staging', []],
    ]);
    const added = /^argocd\.argoproj\.io\//;
    for (const { name, objects, hydrated } of applications) {
      const environment = name.replace('shop-', '');
      expect(byId(objects, added)).toEqual(synthesized(environment, added));
      expect(hydrated).toEqual(options['hydrator'] === true ? hydratedFiles(environment) : undefined);
    }
  });
});

describe('Flux', () => {
  interface Kustomization {
    readonly name: string;
    readonly dependsOn: readonly string[];
    readonly objects: readonly KubeObject[];
  }

  it.each(ENVIRONMENTS)(
    'builds exactly the synthesized objects of %s, each wave after the one before',
    async (environment) => {
      const top = await checkoutFor({ name: 'flux', options: {} });
      const built = read('flux', top, join(top, 'dist/flux/clusters', environment)) as Kustomization[];
      const added = /^kustomize\.toolkit\.fluxcd\.io\/force$/;
      expect(
        byId(
          built.flatMap(({ objects }) => objects),
          added,
        ),
      ).toEqual(synthesized(environment, added));
      expect(built.map(({ dependsOn }) => dependsOn)).toEqual(
        built.map((_, index) => (index === 0 ? [] : [built[index - 1]?.name])),
      );
      expect(built.length).toBeGreaterThan(1);
    },
  );

  it('builds the same from the artifact that the registry has', async () => {
    const options = { content: 'flux', url: 'oci://ghcr.io/acme/{app}' };
    const top = await checkoutFor({ name: 'oci', options });
    const [pushed] = read('registry', join(top, 'dist/oci/shop/staging')) as Pushed[];
    const root = join(top, 'pulled');
    for (const [path, text] of Object.entries(pushed?.flux.files ?? {})) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const built = read('flux', root, join(top, 'dist/oci/clusters/staging')) as Kustomization[];
    const added = /^kustomize\.toolkit\.fluxcd\.io\/force$/;
    const objects = built.flatMap((each) => each.objects);
    expect(byId(objects, added)).toEqual(synthesized('staging', added));
  });
});

interface Pulled {
  readonly files?: Readonly<Record<string, string>>;
  readonly refusal?: string;
}

interface Pushed {
  readonly tag: string;
  readonly layout: string;
  readonly oras: string;
  readonly crane: string;
  readonly flux: Pulled;
  readonly argocd: Pulled;
}

describe.each([
  ['argocd', 'argocd'],
  ['flux', 'flux'],
  ['kubectl', 'flux'],
  ['kustomize', 'flux'],
] as const)('a registry, of an artifact with the content of %s', (content, reader) => {
  it(`keeps its digest, whoever pushes it, and gives ${reader} the files of the folder`, async () => {
    const needsUrl = content === 'argocd' || content === 'flux';
    const url = 'oci://ghcr.io/acme/{app}';
    const top = await checkoutFor({ name: 'oci', options: { content, ...(needsUrl && { url }) } });
    const pushed = read(
      'registry',
      ...ENVIRONMENTS.map((each) => join(top, 'dist/oci/shop', each)),
    ) as Pushed[];
    const { files } = await gitopsFiles({
      deployments: deployments(ENVIRONMENTS).map((each) => ({
        ...each,
        profile: { ...each.profile, installed: ['flux', 'argo-cd'] },
      })),
      targets: [{ name: content, options: content === 'flux' ? { source: 'oci' } : {} }],
      placement: {},
      repository: { ...GIT, ...(content === 'flux' && { url: 'oci://ghcr.io/acme/shop' }), path: '' },
    });
    for (const [index, each] of pushed.entries()) {
      const environment = ENVIRONMENTS[index] ?? '';
      const folder = `${content}/shop/${environment}/`;
      const own = [...files].filter(([path]) => path.startsWith(folder));
      expect(each).toMatchObject({ tag: environment, oras: each.layout, crane: each.layout });
      expect(each[reader]).toEqual({
        files: Object.fromEntries(own.map(([path, { text }]) => [path.slice(folder.length), text])),
      });
    }
    expect(pushed.map(({ tag }) => tag)).toEqual(ENVIRONMENTS);
  });
});
