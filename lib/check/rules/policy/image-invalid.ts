import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageInvalid: Rule = {
  name: 'policy/image-invalid',
  severity: 'error',
  about: 'Finds images that are not valid image references.',
  why: 'The API server accepts any text; the pod then stays in InvalidImageName.',
  run(cluster, report) {
    for (const { manifest, field, problem } of images(cluster)) {
      if (problem !== undefined) report(manifest, field.path, `invalid image "${field.text}": ${problem}`);
    }
  },
};
