import type { KindRule } from '../kind-rule';
import { selectorAndTemplate } from './controller';
import { deploymentRollout } from './rollout';

export const deployment: KindRule = {
  kind: 'apps/Deployment',
  about: 'Selector and template, rollout strategy, deadlines.',
  check(object) {
    const spec = object.child('spec');
    for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit'])
      spec.child(name).mustBeAtLeast(0);
    selectorAndTemplate(spec);

    const strategy = spec.child('strategy');
    const [type, rollout] = [strategy.child('type').text, strategy.child('rollingUpdate')];
    if (type === 'RollingUpdate') deploymentRollout(rollout);
    else if (type !== 'Recreate') strategy.notSupported(['Recreate', 'RollingUpdate']);
    else if (rollout.isSet) rollout.forbidden('must not be set with the type Recreate');

    const deadline = spec.child('progressDeadlineSeconds');
    deadline.mustBeAtLeast(0);
    if (deadline.number <= spec.child('minReadySeconds').number) {
      deadline.invalid('must be greater than minReadySeconds');
    }
  },
};
