import { grouped } from '../../kube/grouped';
import { jsonText } from '../../manifest/json-text';
import { deployerFolder } from '../deployer';
import type { PlacedDeployment, Render, TargetInput } from '../target';
import { phaseOf } from './environment';
import { pipelineOf } from './pipeline';
import { refuseForSpinnaker } from './refused';
import { accountOf, applicationOf, settingsOf } from './settings';

/** For Spinnaker: a pipeline an app, which deploys its environments one after the other. */
export const render: Render = (input) => {
  const settings = settingsOf(input);
  const folder = deployerFolder('spinnaker/pipelines', input);
  return [...grouped(input.deployments, ({ app }) => app)].map(([app, own]) => {
    const application = applicationOf(app, settings, input.report);
    const phases = inOrder(own, input).map((deployment) => {
      refuseForSpinnaker(deployment.manifests, input.report);
      return phaseOf(deployment, accountOf(deployment, settings, input.report));
    });
    return {
      path: `${folder}/${app ?? 'app'}.json`,
      shared: 'binds',
      holds: own.flatMap(({ environment }) => environment ?? []),
      content: `${jsonText(pipelineOf(app ?? application, application, phases, settings), 2)}\n`,
    };
  });
};

/**
 * The deployments in the order in which changes reach their environments; what is in none comes first.
 *
 * @param report takes CONFIG_INVALID for an environment that has no place in that order
 */
function inOrder(
  deployments: readonly PlacedDeployment[],
  { environments, report }: TargetInput,
): readonly PlacedDeployment[] {
  const rank = ({ environment }: PlacedDeployment): number =>
    environment === undefined ? -1 : environments.indexOf(environment);
  for (const each of deployments.filter(
    ({ environment }) => environment !== undefined && !environments.includes(environment),
  ))
    report({
      code: 'CONFIG_INVALID',
      place: each.name,
      path: 'seaworthy.environments',
      message: `"${each.environment ?? ''}" has no place in the order of the environments`,
      hint: `It has ${environments.join(', ')}. Add it, or limit the target: spinnaker: { environments: […] }.`,
    });
  return [...deployments].sort((a, b) => rank(a) - rank(b));
}
