import type { Rule } from '../../rule';
import { pod } from './support/example';
import { images } from '../../../graph/images';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const imageDigest: Rule = {
  name: 'policy/image-digest',
  severity: 'warning',
  strict: true,
  about: 'Finds images that are named by a tag alone.',
  why: 'Whoever can push to the registry can move a tag; a digest names one image for ever.',
  example: { failing: withImage('acme/web:1.4.2'), passing: withImage(`acme/web:1.4.2@${DIGEST}`) },
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
