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

test('images of what is assumed are not judged', () => {
  const assume = ManifestSet.of([pod('web:1')]);
  expect(images(new Cluster(ManifestSet.from([]), {}, { assume }))).toEqual([]);
});
