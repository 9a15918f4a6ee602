import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gitopsFiles, type GitopsFiles } from '../../lib/gitops/gitops';
import { MEDIA_TYPES } from '../../lib/gitops/oci/image';
import type { TargetOptions } from '../../lib/gitops/target';
import { parse } from 'yaml';
import { deployments, filesFor } from './shop';

const ENVIRONMENTS = ['staging', 'production'];
const URL = 'oci://ghcr.io/acme/{app}';

const clusters = deployments(ENVIRONMENTS).map((each) => ({
  ...each,
  profile: { ...each.profile, installed: ['flux' as const, 'argo-cd' as const] },
}));

function write(options: TargetOptions): Promise<GitopsFiles> {
  return gitopsFiles({
    deployments: clusters,
    targets: [{ name: 'oci', options }],
    placement: {},
    repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' },
  });
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A blob of a layout, whose size and digest are those that refer to it. */
function blob({ blobs }: GitopsFiles, folder: string, { digest, size }: Descriptor): Buffer {
  const found = blobs.get(`${folder}/blobs/${digest.replace(':', '/')}`);
  if (found === undefined) throw new Error(`${folder} has no ${digest}`);
  const bytes = Buffer.from(found.bytes);
  expect([bytes.length, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]).toEqual([
    size,
    digest,
  ]);
  return bytes;
}

/** The layout of an environment: the one manifest of its index, and what is in the layer. */
function layoutOf(written: GitopsFiles, environment: string) {
  const folder = `oci/shop/${environment}`;
  const index = JSON.parse(written.files.get(`${folder}/index.json`)?.text ?? '') as {
    manifests: [Descriptor];
  };
  const [found] = index.manifests;
  const manifest = JSON.parse(blob(written, folder, found).toString()) as {
    config: Descriptor;
    layers: [Descriptor];
    annotations: Readonly<Record<string, string>>;
  };
  const config = JSON.parse(blob(written, folder, manifest.config).toString()) as {
    rootfs: { diff_ids: string[] };
  };
  const layer = blob(written, folder, manifest.layers[0]);
  const read = (...args: string[]): string =>
    execFileSync('tar', [...args, '-z', '-f', '-'], { input: layer, encoding: 'utf8' });
  return { found, manifest, config, paths: read('-t').trimEnd().split('\n'), text: read('-x', '-O') };
}

describe.each(['argocd', 'flux', 'kubectl', 'kustomize'])('an artifact with the content of %s', (content) => {
  const needsUrl = content === 'argocd' || content === 'flux';
  const writing = write({ content, ...(needsUrl && { url: URL }) });

  it('has for the shop the digests that are committed; UPDATE=1 writes them anew', async () => {
    const written = await writing;
    const lines = ENVIRONMENTS.map((environment) => {
      const { found, paths } = layoutOf(written, environment);
      return `${environment} ${found.digest}\n${paths.map((path) => `- ${path}\n`).join('')}`;
    });
    const beside = [...written.files]
      .filter(([path]) => path.startsWith('oci/') && path.endsWith('.yaml'))
      .map(([path, { text }]) => `# ${path}\n${text}`);
    const text = [...lines, ...beside].join('\n');
    const golden = join(__dirname, 'goldens', `oci-${content}.txt`);
    if (process.env['UPDATE'] !== undefined) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('holds what that target writes to the folder of the environment', async () => {
    const plain = await filesFor({
      deployments: clusters,
      targets: [{ name: content, options: content === 'flux' ? { source: 'oci' } : {} }],
      repository: { url: content === 'flux' ? 'oci://ghcr.io/acme/shop' : 'https://x.example/y', path: '' },
    });
    const folder = `${content}/shop/production/`;
    const own = [...plain].filter(([path]) => path.startsWith(folder)).sort(([a], [b]) => (a < b ? -1 : 1));
    const { paths, text } = layoutOf(await writing, 'production');
    expect(paths).toEqual(own.map(([path]) => path.slice(folder.length)));
    expect(text).toBe(own.map(([, each]) => each).join(''));
  });

  it('has the media types that its deployer takes, a tag, and nothing of the moment', async () => {
    const { found, manifest } = layoutOf(await writing, 'staging');
    const { config, layer } = MEDIA_TYPES[content === 'argocd' ? 'oci' : 'flux'];
    expect(manifest.config.mediaType).toBe(config);
    expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual([layer]);
    expect(found.annotations).toEqual({ 'org.opencontainers.image.ref.name': 'staging' });
    expect(manifest.annotations).toEqual({
      'org.opencontainers.image.source': 'https://github.com/acme/deploy.git',
    });
  });
});

it('is found by Argo CD at its tag, from the top of the artifact', async () => {
  const { files } = await write({ content: 'argocd', url: URL });
  const { spec } = parse(files.get('oci/applications/shop-production.yaml')?.text ?? '') as {
    spec: { source: object };
  };
  expect(spec.source).toMatchObject({
    repoURL: 'oci://ghcr.io/acme/shop',
    targetRevision: 'production',
    path: '.',
  });
  const set = await write({ content: 'argocd', url: URL, applicationSet: true });
  const text = set.files.get('oci/applications/shop.yaml')?.text ?? '';
  expect(text).toContain('targetRevision: "{{.revision}}"');
  expect(text).toContain('revision: staging\n');
});

it('is marked as binary for git, and in the environment that it is for', async () => {
  const { files, blobs } = await write({});
  expect(files.get('.gitattributes')?.text).toBe('* text=auto eol=lf\n**/blobs/sha256/* binary\n');
  expect(new Set([...blobs].map(([path, { environment }]) => path.split('/')[2] === environment))).toEqual(
    new Set([true]),
  );
});

it.each([
  [{ content: 'flux' }, 'seaworthy.targets.oci.url', 'Required value'],
  [{ content: 'argocd', url: 'ghcr.io/acme/shop' }, 'seaworthy.targets.oci.url', 'must begin with oci://'],
  [{ url: 'oci://ghcr.io/Acme/shop' }, 'seaworthy.targets.oci.url', 'must be lower case'],
  [{ url: 'oci://shop' }, 'seaworthy.targets.oci.url', 'must name a registry'],
  [{ url: 'oci://ghcr.io/acme/shop:1' }, 'seaworthy.targets.oci.url', 'must have no tag'],
  [{ url: 'oci://ghcr.io/acme/{environment}' }, 'seaworthy.targets.oci.url', 'in one repository'],
  [{ tag: '{app}/{environment}' }, 'seaworthy.targets.oci.tag', '"shop/staging"'],
  [{ url: URL, tag: 'latest' }, 'seaworthy.targets.oci', 'Duplicate value: "oci://ghcr.io/acme/shop:latest"'],
  [{ content: 'flux', url: URL, project: 'x' }, 'seaworthy.targets.oci.project', 'content: flux'],
])('is an error with %j', async (options, path, message) => {
  await expect(write(options)).rejects.toMatchObject({
    problems: [{ code: 'CONFIG_INVALID', path, message: expect.stringContaining(message) as string }],
  });
});
