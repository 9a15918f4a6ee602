import { parseImage } from '../../../kube/image';
import { podTemplates } from '../../pods';
import type { Rule } from '../../rule';
import { pod } from '../example';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);

export const imageTag: Rule = {
  name: 'policy/image-tag',
  severity: 'warning',
  about: 'Finds images without tag and digest, and those that are tagged latest.',
  why: 'Which program runs is decided anew on each node and each day; nobody can tell what ran, or go back to it.',
  example: { failing: withImage('acme/web:latest'), passing: withImage('acme/web:1.4.2') },
  run(subject, tell) {
    for (const { manifest, containers } of podTemplates(subject)) {
      for (const image of containers.map(({ field }) => field.child('image'))) {
        const parsed = parseImage(image.text);
        if (parsed === undefined || parsed.digest !== undefined) continue;
        const { tag } = parsed;
        if (tag !== undefined && tag !== 'latest') continue;
        const message = `the image “${image.text}” ${tag === undefined ? 'has no tag, which means latest' : 'is the latest there is'}`;
        tell(manifest, image.path, message, 'Name a version: “:1.4.2”, or a digest.');
      }
    }
  },
};
