import { gitopsFiles, OPTIONAL_FILES, type OutputBlob, type OutputFile } from '../../gitops/gitops';
import type { Deployment, Rendering, TargetChoice } from '../../gitops/target';
import type { FileContent } from '../../output/content';
import { look, type Current } from '../../output/current';
import { locate } from '../../output/output';
import { unfinished } from '../../output/recover';
import type { Project } from '../project/project';
import { deploymentsOf, manifestsIn, repositoryAt } from '../run/deployments';
import { environmentsOf } from '../run/environment';
import { declaredEnvironments } from '../run/pins';
import type { Result } from '../run/results';
import { forEnvironment } from './one-environment';
import type { OtherRun } from './other-values';

interface Request {
  readonly project: Project;
  /** The output folder. */
  readonly path: string;
  readonly targets: readonly TargetChoice[];
  readonly environment: string | undefined;
  /** What the app synthesizes with other values. */
  readonly others: readonly OtherRun[];
}

interface TargetFiles {
  readonly files: ReadonlyMap<string, FileContent>;
  /** Beginnings of the paths that belong to the chosen environment; none without one. */
  readonly owned: readonly string[];
}

/**
 * What targets write to one output folder; with an environment, only its own files.
 *
 * @throws SeaworthyError CONFIG_INVALID, FILE_COLLISION; USAGE where an environment cannot be written alone
 */
export async function filesForTargets(
  results: readonly Result[],
  { project, path, targets, environment, others }: Request,
): Promise<TargetFiles> {
  const { files, blobs, placesOf } = await gitopsFiles({
    deployments: results.flatMap((result) => withRenderings(result, project, others)),
    targets,
    repository: repositoryAt(path, project),
    placement: project.placement ?? {},
    environments: project.environments ?? declaredEnvironments(results),
  });
  const output = locate(path);
  // The output of a run that was killed may be aside.
  const current = look(output, unfinished(output)?.folder);
  const written = new Map<string, OutputFile | OutputBlob>([...files, ...blobs]);
  for (const name of foreignAmong(OPTIONAL_FILES, current)) written.delete(name);
  if (environment === undefined) return { files: contents(written), owned: [] };
  const chosen = forEnvironment(environment, { all: written, places: placesOf, current });
  return { files: contents(chosen), owned: [...placesOf(environment).own, ...chosen.keys()] };
}

function contents(files: ReadonlyMap<string, OutputFile | OutputBlob>): Map<string, FileContent> {
  return new Map([...files].map(([name, file]) => [name, 'text' in file ? file.text : file.bytes]));
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

/** What an app deploys, and what that would be with other values. */
function withRenderings(result: Result, project: Project, others: readonly OtherRun[]): Deployment[] {
  return deploymentsOf(result, project).map((deployment) => ({
    ...deployment,
    renderings: others.map(({ value, probe, results }): Rendering => {
      const other = 'code' in results ? results : results.get(result);
      if (other === undefined || 'code' in other) return { value, probe, manifests: other ?? [] };
      return { value, probe, manifests: manifestsIn(other, deployment.environment, project) };
    }),
  }));
}

/** Those of some files that are there and that we did not write. */
function foreignAmong(
  names: readonly string[],
  { tree, recorded = new Set<string>() }: Current,
): readonly string[] {
  return names.filter((name) => tree.has(name) && !recorded.has(name));
}
