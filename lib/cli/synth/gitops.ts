import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { SeaworthyError } from '../../errors';
import { gitopsFiles, OPTIONAL_FILES } from '../../gitops/gitops';
import type { Deployment, Repository, TargetChoice } from '../../gitops/target';
import type { FileContent } from '../../output/content';
import { look } from '../../output/current';
import { locate } from '../../output/output';
import { rendered } from '../../output/render';
import type { Project } from '../project/project';
import { environmentsOf, inEnvironment } from '../run/environment';
import { layoutOptions } from '../run/layout';
import type { Result } from '../run/results';

interface Request {
  readonly project: Project;
  /** The output folder. */
  readonly path: string;
  readonly targets: readonly TargetChoice[];
  readonly environment: string | undefined;
}

interface TargetFiles {
  readonly files: ReadonlyMap<string, FileContent>;
  /** Beginnings of the paths that belong to the chosen environment. */
  readonly owned: readonly string[];
}

/**
 * What targets write to one output folder; with an environment, only its own files.
 *
 * @throws SeaworthyError CONFIG_INVALID, FILE_COLLISION
 */
export async function filesForTargets(
  results: readonly Result[],
  { project, path, targets, environment }: Request,
): Promise<TargetFiles> {
  const { files, blobs, foldersOf } = await gitopsFiles({
    deployments: results.flatMap((result) => deploymentsOf(result, project)),
    targets,
    repository: repositoryAt(path, project),
    placement: project.placement ?? {},
  });
  const strangers = foreignAmong(OPTIONAL_FILES, path);
  const chosen = [...files, ...blobs].filter(
    ([name, file]) =>
      !strangers.includes(name) && (environment === undefined || file.environment === environment),
  );
  const folders = environment === undefined ? [] : foldersOf(environment).map((folder) => `${folder}/`);
  if (environment !== undefined && chosen.length === 0) throw noTarget(environment);
  return {
    files: new Map(chosen.map(([name, file]) => [name, 'text' in file ? file.text : file.bytes])),
    owned: environment === undefined ? [] : [...folders, ...chosen.map(([name]) => name)],
  };
}

/** The environments that no target writes, sorted. */
export function withoutTarget(
  results: readonly Result[],
  targets: readonly TargetChoice[],
): readonly string[] {
  const isWritten = (name: string): boolean =>
    targets.some(({ environments }) => environments === undefined || environments.includes(name));
  return environmentsOf(results.flatMap(({ manifests }) => manifests)).filter((name) => !isWritten(name));
}

function noTarget(environment: string): SeaworthyError {
  return new SeaworthyError({
    code: 'USAGE',
    path: '--environment',
    message: `no target writes the environment "${environment}"`,
    hint: 'Add it to the environments of a target in cdk8s.yaml, or choose a target with --target.',
  });
}

/** The deployments of an app: one an environment, and one of what is in none. */
function deploymentsOf(result: Result, project: Project): Deployment[] {
  const { name, manifests, clusters } = result;
  const options = layoutOptions(result, project);
  const outside = manifests.filter(({ origin }) => origin?.environment === undefined);
  const parts: [string | undefined, Result['manifests']][] = [
    ...(outside.length > 0 ? [[undefined, outside] as [undefined, Result['manifests']]] : []),
    ...environmentsOf(manifests).map((each): [string, Result['manifests']] => [
      each,
      inEnvironment(manifests, each),
    ]),
  ];
  return parts.map(([environment, own]) => ({
    ...(name !== undefined && name !== '' && { app: name }),
    ...(environment !== undefined && { environment }),
    profile: (environment === undefined ? undefined : clusters[environment]) ?? {},
    manifests: own.map((manifest) => ({ ...manifest, object: rendered(manifest, options) })),
  }));
}

/** Where the output is in its repository, unless cdk8s.yaml says so: below the folder with `.git`, else below the project. */
function repositoryAt(output: string, { root, repository = {} }: Project): Repository {
  let top = output;
  while (!existsSync(join(top, '.git')) && dirname(top) !== top) top = dirname(top);
  const path = relative(existsSync(join(top, '.git')) ? top : root, output);
  return { ...repository, path: repository.path ?? (path.startsWith('..') ? '' : path.split(sep).join('/')) };
}

/** Those of some files that are there and that we did not write. */
function foreignAmong(names: readonly string[], folder: string): readonly string[] {
  const { tree, recorded = new Set<string>() } = look(locate(folder));
  return names.filter((name) => tree.has(name) && !recorded.has(name));
}
