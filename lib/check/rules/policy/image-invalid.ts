import type { Rule } from '../../rule';
import { images } from '../../../graph/images';

export const imageInvalid: Rule = {
  name: 'policy/image-invalid',
  severity: 'error',
  about: 'Finds images that are not valid image references.',
  why: 'The API server accepts any text; the pod then stays in InvalidImageName. A warning for ko://, which ko replaces before the manifests are applied.',
  run(cluster, report) {
    for (const { manifest, field, problem } of images(cluster)) {
      if (problem === undefined) continue;
      if (field.text.startsWith(KO)) {
        const message = `image "${field.text}" is built and replaced by ko; the kubelet cannot pull it`;
        report(manifest, field.path, message, 'Apply the output of ko resolve.', 'warning');
      } else report(manifest, field.path, `invalid image "${field.text}": ${problem}`);
    }
  },
};

/** The prefix of Go packages that ko builds (https://ko.build/features/k8s/). */
const KO = 'ko://';
