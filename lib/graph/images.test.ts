import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { images } from './images';

const pod = (...list: unknown[]): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    containers: list.map((image, index) => ({ name: `c${index}`, image })),
    initContainers: [{ name: 'init', image: 'init:1' }],
  },
});

test('every container has an image with its parts, or with what is wrong with it', () => {
  const found = images(new Cluster(ManifestSet.of([pod('ghcr.io/acme/web:1.2', 'Web:1')])));
  expect(found.map(({ field }) => field.path)).toEqual([
    'spec.initContainers[0].image',
    'spec.containers[0].image',
    'spec.containers[1].image',
  ]);
  expect(found.map(({ reference }) => reference?.tag)).toEqual(['1', '1.2', undefined]);
  expect(found.map(({ problem }) => typeof problem)).toEqual(['undefined', 'undefined', 'string']);
  expect(found.map(({ manifest }) => manifest.id.name)).toEqual(['web', 'web', 'web']);
});

test('an empty image, or none, is for admission to refuse', () => {
  const found = images(new Cluster(ManifestSet.of([pod('', undefined, 5)])));
  expect(found.map(({ field }) => field.text)).toEqual(['init:1']);
});

test('volumes have images too, and each image says what uses it', () => {
  const image = { reference: 'ghcr.io/acme/models:3', pullPolicy: 'IfNotPresent' };
  const spec = {
    containers: [{ name: 'web', image: 'web:1' }],
    initContainers: [{ name: 'mesh', image: 'mesh:1', restartPolicy: 'Always' }],
    volumes: [{ name: 'none' }, { name: 'models', image }],
  };
  const job = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'web' }, spec: {} };
  const template = { ...job, spec: { jobTemplate: { spec: { template: { spec } } } } };
  const found = images(new Cluster(ManifestSet.of([template])));
  expect(found.map(({ field, user }) => [field.text, user])).toEqual([
    ['mesh:1', { role: 'sidecar', name: 'mesh' }],
    ['web:1', { role: 'main', name: 'web' }],
    ['ghcr.io/acme/models:3', { role: 'volume', name: 'models' }],
  ]);
  expect(found[2]?.field.path).toBe('spec.jobTemplate.spec.template.spec.volumes[1].image.reference');
});

test('images of what is assumed are not judged', () => {
  const assume = ManifestSet.of([pod('web:1')]);
  expect(images(new Cluster(ManifestSet.from([]), {}, { assume }))).toEqual([]);
});
