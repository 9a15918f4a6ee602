import { parseImage } from '../../../kube/image';
import { podTemplates } from '../../pods';
import type { Rule } from '../../rule';
import { pod } from '../example';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const imageDigest: Rule = {
  name: 'policy/image-digest',
  severity: 'warning',
  strict: true,
  about: 'Finds images that are named by a tag alone.',
  why: 'Whoever can push to the registry can move a tag; a digest names one image for ever.',
  example: { failing: withImage('acme/web:1.4.2'), passing: withImage(`acme/web:1.4.2@${DIGEST}`) },
  run(subject, tell) {
    for (const { manifest, containers } of podTemplates(subject)) {
      for (const image of containers.map(({ field }) => field.child('image'))) {
        const parsed = parseImage(image.text);
        // Without a tag, or with latest, it is another rule's.
        if (parsed?.tag === undefined || parsed.tag === 'latest' || parsed.digest !== undefined) continue;
        tell(
          manifest,
          image.path,
          `the image “${image.text}” has no digest`,
          'Add “@sha256:…” behind the tag.',
        );
      }
    }
  },
};
