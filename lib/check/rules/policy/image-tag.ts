import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageTag: Rule = {
  name: 'policy/image-tag',
  severity: 'warning',
  about: 'Finds images without tag and digest, and those that are tagged latest.',
  why: 'Which program runs is decided anew on each node and each day; nobody can tell what ran, or go back to it.',
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
