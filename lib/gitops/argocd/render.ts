import { grouped } from '../../kube/grouped';
import type { KubeObject } from '../../manifest/manifest';
import { deployerFolder, required } from '../deployer';
import { filesOf } from '../files';
import type { PlacedDeployment, Render, TargetFile, TargetInput } from '../target';
import { wavesOf } from '../waves';
import { application, branchOf, destinationOf, specOf, syncedBranch, type ArgoSettings } from './application';
import { applicationSet } from './application-set';
import { forArgoCd } from './objects';
import { projectOf } from './project';

/**
 * For Argo CD: the manifests with waves, and in `applications/` what Argo CD itself reads, the Application of each environment
 * and the AppProject of each app.
 */
export const render: Render = (input) => {
  const { deployments, options, repository, report } = input;
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const settings: ArgoSettings = {
    namespace: text('namespace') ?? 'argocd',
    url: required(
      repository.url,
      'repository.url',
      'the repository that Argo CD reads',
      'https://github.com/acme/deploy.git',
      report,
    ),
    revision: repository.revision ?? 'main',
    isAutomated: options['automated'] !== false,
    hydrates: options['hydrator'] === true,
    reviewed: reviewedBranch(text('hydrateTo'), input),
  };
  const folder = deployerFolder('argocd/applications', input);
  const apps = grouped(deployments, ({ app = 'app' }) => app);
  return [
    ...deployments.flatMap((deployment) => manifestsOf(deployment, input)),
    ...[...apps].flatMap(([app, own]) => objectsOf(app, own, text('project'), folder, settings, input)),
  ];
};

/**
 * The branch that the hydrator pushes to, with `{environment}`.
 *
 * @param report takes CONFIG_INVALID where there is no hydrator, or where two environments, or what is synced, would be in it
 */
function reviewedBranch(
  branch: string | undefined,
  { deployments, options, report }: TargetInput,
): string | undefined {
  if (branch === undefined) return undefined;
  const isOne = new Set(deployments.map(({ environment }) => environment)).size < 2;
  const fault =
    options['hydrator'] !== true
      ? 'it needs the hydrator'
      : deployments.some(
            ({ environment = 'default' }) => branchOf(branch, environment) === syncedBranch(environment),
          )
        ? 'this is the branch that is synced'
        : !isOne && !branch.includes('{environment}')
          ? 'each environment needs a branch of its own'
          : undefined;
  if (fault === undefined) return branch;
  report({
    code: 'CONFIG_INVALID',
    path: 'seaworthy.targets.argocd.hydrateTo',
    message: `Invalid value: "${branch}": ${fault}`,
    hint: 'For example: hydrator: true with hydrateTo: environments/{environment}-next',
  });
  return branch;
}

function manifestsOf(deployment: PlacedDeployment, { placement }: TargetInput): TargetFile[] {
  const { folder, environment } = deployment;
  const waves = wavesOf(deployment);
  return [...filesOf(deployment, placement, false)].map(([path, manifests]) => ({
    path: `${folder}/${path}`,
    ...(environment !== undefined && { environment }),
    content: manifests.map((manifest) => forArgoCd(manifest, waves.get(manifest) ?? 0)),
  }));
}

function objectsOf(
  app: string,
  own: readonly PlacedDeployment[],
  project: string | undefined,
  folder: string,
  settings: ArgoSettings,
  input: TargetInput,
): TargetFile[] {
  const placed = own.map((deployment) => [deployment, destinationOf(deployment, input.report)] as const);
  const name = project ?? app;
  const file = (path: string, object: KubeObject, about: Partial<TargetFile>): TargetFile => ({
    path: `${folder}/${path}.yaml`,
    ...about,
    content: [object],
  });
  const projects =
    project === undefined
      ? [file(`${app}-project`, projectOf(app, settings, placed), { shared: 'adds' })]
      : [];
  if (input.options['applicationSet'] === true)
    return [...projects, file(app, applicationSet(app, name, settings, placed, input), { shared: 'binds' })];
  const applications = placed.map(([deployment, destination]) => {
    const { environment } = deployment;
    const spec = specOf(deployment, destination, name, settings, input);
    const about = environment === undefined ? {} : { environment };
    return file(deployment.name, application(deployment.name, settings, spec), about);
  });
  return [...projects, ...applications];
}
