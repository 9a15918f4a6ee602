import type { KindRule } from '../kind-rule';
import { readOnlyDisks } from '../pod/persistent-disks';
import { podTemplate } from '../pod/pod-spec';
import { alwaysRunning, selects } from './controller';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateReplicationController, ValidateReplicationControllerSpec 1.36 */
export const replicationController: KindRule = {
  kind: '/ReplicationController',
  about: 'Selector and template.',
  check(object) {
    const spec = object.child('spec');
    for (const name of ['replicas', 'minReadySeconds']) spec.child(name).mustBeAtLeast(0);
    const [selector, template] = [spec.child('selector'), spec.child('template')];
    selector.needs('empty selector is invalid: it would select all pods');
    if (!template.isSet) return template.required();
    const labels = template.child('metadata').child('labels');
    if (selector.size > 0 && !selects(selector.holding({ matchLabels: selector.value }), labels)) {
      labels.invalid('`selector` does not match template `labels`');
    }
    podTemplate(template);
    if (spec.child('replicas').number > 1) readOnlyDisks(template);
    alwaysRunning(template);
  },
};
