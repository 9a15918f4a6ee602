import { folderWith, removeFolders, seaworthy } from './support/cli';

afterAll(removeFolders);

const deployment = (name: string, ...images: string[]): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      template: { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } },
    },
  });

describe('seaworthy images', () => {
  it('lists each image of files once, sorted, with all that uses it', async () => {
    const folder = folderWith({
      'b.yaml': deployment('b', 'nginx:1.27', 'ghcr.io/acme/api:1'),
      'a.yaml': deployment('a', 'nginx:1.27'),
    });
    const { code, stdout } = await seaworthy(folder, ['images', 'b.yaml', 'a.yaml']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'ghcr.io/acme/api:1  no digest',
        '  Deployment b, container c1  b.yaml:1',
        'nginx:1.27  no digest',
        '  Deployment a, container c0  a.yaml:1',
        '  Deployment b, container c0  b.yaml:1',
        '2 images, 0 with a digest',
        '',
      ].join('\n'),
    );
  });

  it('prints JSON and CycloneDX in one run', async () => {
    const folder = folderWith({ 'a.yaml': deployment('a', 'nginx:1.27') });
    const argv = ['images', 'a.yaml', '-o', 'json', '-o', 'cyclonedx=bom.json'];
    const { stdout, stderr } = await seaworthy(folder, argv);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      images: [
        { image: 'nginx:1.27', name: 'docker.io/library/nginx', uses: [{ role: 'main', name: 'c0' }] },
      ],
      unused: [],
    });
  });

  it('takes no environment of files', async () => {
    const folder = folderWith({ 'a.yaml': deployment('a', 'nginx:1.27') });
    const { code, stderr } = await seaworthy(folder, ['images', 'a.yaml', '-e', 'production']);
    expect([code, stderr.includes('--environment: cannot be used with files')]).toEqual([2, true]);
  });
});
