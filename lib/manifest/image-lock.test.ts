import { ImageLock, parseImageLock } from './image-lock';
import { pinImages } from './pin-images';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

describe('a lock', () => {
  it('is written sorted, and read again', () => {
    const lock = new ImageLock(
      new Map([
        ['nginx:1.27', A],
        ['ghcr.io/acme/api', B],
      ]),
    );
    const text = lock.toText();
    expect(text.split('\n').slice(1)).toEqual([
      'images:',
      `  ghcr.io/acme/api: ${B}`,
      `  nginx:1.27: ${A}`,
      '',
    ]);
    expect([...parseImageLock(text, 'images.lock.yaml').entries]).toEqual([...lock.entries]);
  });

  it.each([
    ['nginx:1.27', `nginx:1.27@${A}`],
    ['docker.io/library/nginx:1.27', `docker.io/library/nginx:1.27@${A}`],
    ['nginx:1.28', 'nginx:1.28'],
    [`nginx:1.27@${B}`, `nginx:1.27@${B}`],
    ['redis', `redis@${B}`],
    ['redis:latest', `redis:latest@${B}`],
    ['$(IMAGE)', '$(IMAGE)'],
  ])('makes of %s %s', (image, pinned) => {
    const lock = new ImageLock(
      new Map([
        ['nginx:1.27', A],
        ['redis', B],
      ]),
    );
    expect(lock.pinned(image)).toBe(pinned);
  });

  it.each(['', '# nothing\n', 'images: {}\n'])('may hold nothing: %j', (text) => {
    expect(parseImageLock(text, 'images.lock.yaml').entries.size).toBe(0);
  });

  it.each([
    ['- nginx\n', undefined, 'expected one mapping'],
    ['images: nginx\n', undefined, 'expected one mapping'],
    [`images: {}\n---\nimages: {}\n`, undefined, 'expected one mapping'],
    [`imags:\n  nginx:1: ${A}\n`, 'images.lock.yaml', 'expected one mapping'],
    [`images: {}\nothers: 1\n`, 'images.lock.yaml:2', 'unknown key "others"'],
    [`images:\n  nginx:1: sha256:12\n`, 'images.lock.yaml:2', 'must have 64 digits'],
    [`images:\n  nginx:1: 12\n`, 'images.lock.yaml:2', 'must be a digest'],
    [`images:\n  Nginx:1: ${A}\n`, 'images.lock.yaml:2', 'must be lower case'],
    [`images:\n  nginx:1@${A}: ${A}\n`, 'images.lock.yaml:2', 'must have no digest of its own'],
    [`images:\n  nginx:1: ${A}\n  nginx:1: ${B}\n`, 'images.lock.yaml', 'stands twice, in lines 2 and 3'],
    [
      `images:\n  nginx:1: ${A}\n  docker.io/nginx:1: ${B}\n`,
      'images.lock.yaml:3',
      'is another digest of "nginx:1"',
    ],
  ])('is an error, by its line, as %j', (text, source, message) => {
    const problem = {
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining(message) as string,
      ...(source !== undefined && { source }),
    };
    const wanted = expect.objectContaining({
      problems: expect.arrayContaining([expect.objectContaining(problem)]) as unknown,
    }) as Error;
    expect(() => parseImageLock(text, 'images.lock.yaml')).toThrow(wanted);
  });
});

describe('the images of an object', () => {
  const lock = new ImageLock(new Map([['web:1', A]]));
  const spec = {
    initContainers: [{ name: 'load', image: 'web:1' }],
    containers: [{ name: 'web', image: 'web:1' }, { name: 'other', image: 'other:1' }, 'wrong'],
    volumes: [{ name: 'models', image: { reference: 'web:1' } }, { name: 'none' }],
  };
  const pinned = {
    initContainers: [{ name: 'load', image: `web:1@${A}` }],
    containers: [{ name: 'web', image: `web:1@${A}` }, { name: 'other', image: 'other:1' }, 'wrong'],
    volumes: [{ name: 'models', image: { reference: `web:1@${A}` } }, { name: 'none' }],
  };

  it.each([
    ['v1', 'Pod', (pod: object) => ({ spec: pod })],
    ['apps/v1', 'Deployment', (pod: object) => ({ spec: { template: { spec: pod } } })],
    ['argoproj.io/v1alpha1', 'Rollout', (pod: object) => ({ spec: { template: { spec: pod } } })],
    ['serving.knative.dev/v1', 'Service', (pod: object) => ({ spec: { template: { spec: pod } } })],
    [
      'batch/v1',
      'CronJob',
      (pod: object) => ({ spec: { jobTemplate: { spec: { template: { spec: pod } } } } }),
    ],
    [
      'keda.sh/v1alpha1',
      'ScaledJob',
      (pod: object) => ({ spec: { jobTargetRef: { template: { spec: pod } } } }),
    ],
  ])('are pinned in a %s %s, and the object is left as it was', (apiVersion, kind, holding) => {
    const object = { apiVersion, kind, metadata: { name: 'x' }, ...holding(spec) };
    const before = structuredClone(object);
    expect(pinImages(object, lock)).toEqual({ ...object, ...holding(pinned) });
    expect(object).toEqual(before);
  });

  it('leave an object itself where none is in the lock, or SOPS has signed it', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec };
    const other = new ImageLock(new Map([['redis:7', A]]));
    expect(pinImages(pod, other)).toBe(pod);
    const signed = { ...pod, sops: { mac: 'x', lastmodified: 'y' } };
    expect(pinImages(signed, lock)).toBe(signed);
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { image: 'web:1' } };
    expect(pinImages(map, lock)).toBe(map);
  });
});
