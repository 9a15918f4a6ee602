import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageInvalid: Rule = {
  name: 'policy/image-invalid',
  severity: 'error',
  about: 'Finds images that no container runtime can pull, because they are no image reference.',
  why: 'The API server takes any text, and the pod then waits in InvalidImageName for ever.',
  run(cluster, report) {
    for (const { manifest, field, problem } of images(cluster)) {
      if (problem !== undefined) report(manifest, field.path, `the image "${field.text}" ${problem}`);
    }
  },
};
