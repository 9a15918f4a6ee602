import { createColors } from 'picocolors';
import { cyclonedx } from './cyclonedx';
import type { ImagesReport, ListedImage } from './report';
import { text } from './text';

const digest = `sha256:${'0a'.repeat(32)}`;
const use = {
  environment: 'production',
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
  role: 'sidecar' as const,
  name: 'proxy',
  path: 'spec.template.spec.initContainers[0].image',
  source: 'shop.ts:7',
};

const report = (image: Partial<ListedImage>): ImagesReport => ({
  images: [{ image: 'x', uses: [use], ...image }],
  unused: ['redis:7'],
});

const component = (image: Partial<ListedImage>): unknown =>
  (JSON.parse(cyclonedx(report(image), createColors(false))) as { components: unknown[] }).components[0];

it('is a component of a bill of materials, with a package URL and a hash', () => {
  expect(component({ image: 'nginx:1.27', name: 'docker.io/library/nginx', tag: '1.27', digest })).toEqual({
    type: 'container',
    'bom-ref': 'nginx:1.27',
    name: 'docker.io/library/nginx',
    version: '1.27',
    hashes: [{ alg: 'SHA-256', content: '0a'.repeat(32) }],
    purl: `pkg:oci/nginx@sha256%3A${'0a'.repeat(32)}?repository_url=docker.io/library/nginx&tag=1.27`,
    properties: [
      {
        name: 'seaworthy:use',
        value: 'production: Deployment shop/api, container proxy (sidecar), shop.ts:7',
      },
    ],
  });
});

it('has in its package URL what is known of it', () => {
  expect(component({ image: 'localhost:5000/a/b', name: 'localhost:5000/a/b' })).toMatchObject({
    purl: 'pkg:oci/b?repository_url=localhost%3A5000/a/b',
  });
  expect(component({ image: 'Wrong' })).not.toHaveProperty('purl');
});

it('is listed for people with what uses it and what is wrong', () => {
  const shown = text(report({ image: 'nginx:1.27', name: 'docker.io/library/nginx' }), createColors(false));
  expect(shown).toBe(
    [
      'nginx:1.27  no digest',
      '  production: Deployment shop/api, container proxy (sidecar)  shop.ts:7',
      'unused redis:7 is in the lock, and nothing uses it',
      '1 image, 0 with a digest',
      '',
    ].join('\n'),
  );
});
