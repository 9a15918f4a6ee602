import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { spreadConstraints } from '../../../graph/scheduling';

/** Source: PodTopologySpread counts the pods that the selector selects; without one, none. */
export const spreadSelector: Rule = {
  name: 'policy/spread-selector',
  severity: 'warning',
  about: 'Finds pods that spread by a selector which does not select them.',
  why: 'They do not count themselves, so that all of them may land in one zone.',
  run(cluster, report) {
    for (const pods of podsOf(cluster)) {
      for (const { field, selector, selectsItself } of spreadConstraints(pods)) {
        if (selectsItself) continue;
        const message =
          selector === undefined
            ? 'spreads without a selector, which counts no pods'
            : 'spreads by a selector that does not select its own pods';
        report(
          pods.manifest,
          field.child('labelSelector').path,
          message,
          'Select the labels of the pod template.',
        );
      }
    }
  },
};
