import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageDigest: Rule = {
  name: 'policy/image-digest',
  severity: 'warning',
  strict: true,
  about: 'Finds images that are named by a tag alone.',
  why: 'Whoever can push to the registry can move a tag; a digest names one image for ever.',
  run(cluster, report) {
    for (const { manifest, field, reference } of images(cluster)) {
      // Without a tag, or with latest, it is another rule's.
      if (reference?.tag === undefined || reference.tag === 'latest' || reference.digest !== undefined)
        continue;
      report(
        manifest,
        field.path,
        `the image "${field.text}" has no digest`,
        'Add "@sha256:…" behind the tag.',
      );
    }
  },
};
