import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageTag: Rule = {
  name: 'policy/image-tag',
  severity: 'warning',
  about: 'Finds images without a tag or digest, and images tagged latest.',
  why: 'Nodes may run different versions, and nobody can tell which one ran, or roll back to it.',
  run(cluster, report) {
    for (const { manifest, field, reference } of images(cluster)) {
      if (reference === undefined || reference.digest !== undefined) continue;
      const { tag } = reference;
      if (tag !== undefined && tag !== 'latest') continue;
      report(manifest, field.path, `image "${field.text}" has no fixed version`, 'Pin a tag or digest.');
    }
  },
};
