import type { Rule } from '../../rule';
import { pod } from './support/example';
import { images } from '../../../graph/images';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);

export const imageInvalid: Rule = {
  name: 'policy/image-invalid',
  severity: 'error',
  about: 'Finds images that no container runtime can pull, because they are no image reference.',
  why: 'The API server takes any text, and the pod then waits in InvalidImageName for ever.',
  example: { failing: withImage('acme/Web:1.4.2'), passing: withImage('acme/web:1.4.2') },
  run(cluster, report) {
    for (const { manifest, field, problem } of images(cluster)) {
      if (problem !== undefined) report(manifest, field.path, `the image "${field.text}" ${problem}`);
    }
  },
};
