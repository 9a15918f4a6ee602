import { imageProblem } from '../../../kube/image';
import { podTemplates } from '../../pods';
import type { Rule } from '../../rule';
import { pod } from '../example';

const withImage = (image: string): string => pod(`containers:\n  - name: web\n    image: ${image}`);

export const imageInvalid: Rule = {
  name: 'policy/image-invalid',
  severity: 'error',
  about: 'Finds images that no container runtime can pull, because they are no image reference.',
  why: 'The API server takes any text, and the pod then waits in InvalidImageName for ever.',
  example: { failing: withImage('acme/Web:1.4.2'), passing: withImage('acme/web:1.4.2') },
  run(subject, tell) {
    for (const { manifest, containers } of podTemplates(subject)) {
      for (const image of containers.map(({ field }) => field.child('image'))) {
        // An empty one, or none, is for admission to refuse.
        const problem = image.text === '' ? undefined : imageProblem(image.text);
        if (problem !== undefined) tell(manifest, image.path, `the image “${image.text}” ${problem}`);
      }
    }
  },
};
