import { matches } from '../../../kube/labels';
import { podTemplates } from '../../../graph/pod-templates';
import type { Rule } from '../../rule';
import { selectorOf } from '../../../graph/field-selectors';

/** Source: PodTopologySpread counts the pods that the selector selects; without one, none. */
export const spreadSelector: Rule = {
  name: 'policy/spread-selector',
  severity: 'warning',
  about: 'Finds pods that spread by a selector which does not select them.',
  why: 'They do not count themselves, so that all of them may land in one zone.',
  run(cluster, report) {
    for (const { manifest, spec, labels } of podTemplates(cluster)) {
      for (const constraint of spec.child('topologySpreadConstraints').items) {
        const field = constraint.child('labelSelector');
        if (matches(selectorOf(field), labels)) continue;
        const message = field.isSet
          ? 'spreads by a selector that does not select its own pods'
          : 'spreads without a selector, which counts no pods';
        report(manifest, field.path, message, 'Select the labels of the pod template.');
      }
    }
  },
};
