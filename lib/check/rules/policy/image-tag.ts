import type { Rule } from '../../rule';
import { pod } from './support/example';
import { images } from '../../../graph/images';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);

export const imageTag: Rule = {
  name: 'policy/image-tag',
  severity: 'warning',
  about: 'Finds images without tag and digest, and those that are tagged latest.',
  why: 'Which program runs is decided anew on each node and each day; nobody can tell what ran, or go back to it.',
  example: { failing: withImage('acme/web:latest'), passing: withImage('acme/web:1.4.2') },
  run(cluster, report) {
    for (const { manifest, field, reference } of images(cluster)) {
      if (reference === undefined || reference.digest !== undefined) continue;
      const { tag } = reference;
      if (tag !== undefined && tag !== 'latest') continue;
      const what = tag === undefined ? 'has no tag, which means latest' : 'is the latest there is';
      const message = `the image "${field.text}" ${what}`;
      report(manifest, field.path, message, 'Name a version: ":1.4.2", or a digest.');
    }
  },
};
