import { parseInt64 } from '../../../../kube/parse-int';
import type { KindRule } from '../kind-rule';
import { selectorAndTemplate } from './controller';
import { deploymentRollout } from './rollout';

const ROLLBACK = 'deprecated.deployment.rollback.to';

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateDeployment, ValidateDeploymentSpec, ValidateDeploymentStrategy 1.36 */
export const deployment: KindRule = {
  kind: 'apps/Deployment',
  about: 'Selector and template, rollout strategy, deadlines.',
  check(object) {
    const rollback = object.child('metadata').child('annotations').key(ROLLBACK);
    // Before v1 the field is a number, which the server must decode before it validates the rest.
    if (rollback.text !== '' && parseInt64(rollback.text) === undefined)
      return rollback.report('malformed', 'expected a 64-bit integer');
    const spec = object.child('spec');
    for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'])
      spec.child(name).mustBeAtLeast(0);
    selectorAndTemplate(spec);

    const strategy = spec.child('strategy');
    const [type, rollout] = [strategy.child('type').text, strategy.child('rollingUpdate')];
    if (type === 'RollingUpdate') deploymentRollout(rollout);
    else if (type !== 'Recreate') strategy.notSupported(['Recreate', 'RollingUpdate']);
    else if (rollout.isSet) rollout.forbidden('must not be set when the type is Recreate');

    const deadline = spec.child('progressDeadlineSeconds');
    deadline.mustBeAtLeast(0);
    if (deadline.number <= spec.child('minReadySeconds').number) {
      deadline.invalid('must be greater than minReadySeconds');
    }
  },
};
