import { matches } from '../../../kube/labels';
import { podTemplates } from '../../../graph/pod-templates';
import type { Rule } from '../../rule';
import { deployment } from './support/example';
import { selectorOf } from '../../../graph/field-selectors';

const spreadBy = (app: string): string =>
  deployment(
    'replicas: 3',
    `containers:
  - name: web
    image: acme/web:1.4.2
topologySpreadConstraints:
  - topologyKey: topology.kubernetes.io/zone
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: { matchLabels: { app: ${app} } }`,
  );

/** Source: PodTopologySpread counts the pods that the selector selects; without one, none. */
export const spreadSelector: Rule = {
  name: 'policy/spread-selector',
  severity: 'warning',
  about: 'Finds pods that spread by a selector which does not select them.',
  why: 'They do not count themselves, so that all of them may land in one zone.',
  example: { failing: spreadBy('wbe'), passing: spreadBy('web') },
  run(cluster, report) {
    for (const { manifest, spec, labels } of podTemplates(cluster)) {
      for (const constraint of spec.child('topologySpreadConstraints').items) {
        const field = constraint.child('labelSelector');
        if (matches(selectorOf(field), labels)) continue;
        const message = field.isThere
          ? 'spreads by a selector that does not select its own pods'
          : 'spreads without a selector, which counts no pods';
        report(manifest, field.path, message, 'Select the labels of the pod template.');
      }
    }
  },
};
