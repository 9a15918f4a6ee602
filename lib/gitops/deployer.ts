import { posix } from 'node:path';
import type { Problem } from '../errors';
import { fold } from '../output/file-name';
import type { PlacedDeployment, TargetInput } from './target';

/**
 * The folder of the deployer's own objects, which are applied to where it runs: `argocd/applications`.
 *
 * @param report takes FILE_COLLISION where a deployment is in it
 */
export function deployerFolder(
  name: string,
  { deployments, report }: Pick<TargetInput, 'deployments' | 'report'>,
): string {
  const taken = deployments.find(({ folder }) => `${fold(folder)}/`.startsWith(`${fold(name)}/`));
  if (taken !== undefined) {
    report({
      code: 'FILE_COLLISION',
      place: `${name}/`,
      path: 'seaworthy.layout.path',
      message: `"${taken.name}" is in the folder of the deployer's own objects`,
      hint: 'Give the app another name, or choose another layout.path.',
    });
  }
  return name;
}

/** A text that a target cannot do without. */
export function required(
  value: string | undefined,
  path: string,
  what: string,
  example: string,
  report: (problem: Problem) => void,
): string {
  if (value === undefined)
    report({
      code: 'CONFIG_INVALID',
      path: `seaworthy.${path}`,
      message: `Required value: ${what}`,
      hint: `For example: ${example}`,
    });
  return value ?? '';
}

/**
 * The path of a deployment where the deployer finds it: in the repository, or in its artifact.
 *
 * @param folder the folder of the deployment, or one in it
 */
export function pathInSource(
  { folder: top, artifact }: PlacedDeployment,
  { repository }: Pick<TargetInput, 'repository'>,
  folder = top,
): string {
  if (artifact !== undefined) return posix.relative(top, folder) || '.';
  return repository.path === '' ? folder : `${repository.path}/${folder}`;
}
