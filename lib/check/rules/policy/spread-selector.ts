import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { spreadConstraints } from '../../../graph/scheduling';

/** Source: PodTopologySpread counts the pods that the selector selects; without one, none. */
export const spreadSelector: Rule = {
  name: 'policy/spread-selector',
  severity: 'warning',
  about: 'Finds topology spread constraints whose selector does not match their own pods.',
  why: 'The pods do not count themselves, so all of them may land in one zone.',
  run(cluster, report) {
    for (const pods of podsOf(cluster)) {
      for (const { selectorField, selector, selectsItself } of spreadConstraints(pods)) {
        if (selectsItself) continue;
        const message =
          selector === undefined
            ? 'the spread constraint has no selector, so it counts no pods'
            : 'the selector of the spread constraint does not match its own pods';
        report(pods.manifest, selectorField.path, message, 'Use the labels of the pod template.');
      }
    }
  },
};
