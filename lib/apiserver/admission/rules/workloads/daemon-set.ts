import { parseInt64 } from '../../../../kube/parse-int';
import type { KindRule } from '../kind-rule';
import { readOnlyDisks } from '../pod/persistent-disks';
import { podTemplate } from '../pod/pod-spec';
import { isEmptySelector, labelSelector } from '../selectors';
import { alwaysRunning, isReadable, selects } from './controller';
import { daemonSetRollout } from './rollout';

const GENERATION = 'deprecated.daemonset.template.generation';

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateDaemonSet, ValidateDaemonSetSpec, ValidateDaemonSetUpdateStrategy 1.36 */
export const daemonSet: KindRule = {
  kind: 'apps/DaemonSet',
  about: 'Selector and template, update strategy.',
  check(object) {
    const generation = object.child('metadata').child('annotations').key(GENERATION);
    // Before v1 the field is a number, which the server must decode before it validates the rest.
    if (generation.isSet && parseInt64(generation.text) === undefined)
      return generation.report('malformed', 'expected a 64-bit integer');
    const spec = object.child('spec');
    const [selector, template, strategy] = [
      spec.child('selector'),
      spec.child('template'),
      spec.child('updateStrategy'),
    ];
    labelSelector(selector);
    const labels = template.child('metadata').child('labels');
    if (isReadable(selector) && !selects(selector, labels)) {
      labels.invalid('`selector` does not match template `labels`');
    }
    if (selector.isSet && isEmptySelector(selector))
      selector.invalid('empty selector is invalid: it would select all pods');
    podTemplate(template);
    readOnlyDisks(template);
    alwaysRunning(template);
    for (const name of ['minReadySeconds', 'revisionHistoryLimit']) spec.child(name).mustBeAtLeast(0);

    const type = strategy.child('type').text;
    if (type === 'RollingUpdate') daemonSetRollout(strategy.child('rollingUpdate'));
    else if (type !== 'OnDelete') strategy.notSupported(['RollingUpdate', 'OnDelete']);
  },
};
