import { SeaworthyError, type Problem } from '../errors';
import type { KubeObject } from '../manifest/manifest';
import { folderAt, type FoundFolder } from './folder';
import { renderTarget, type GitopsInput } from './gitops';
import { TARGETS } from './registry';
import type { PlacedDeployment, Placement, TargetChoice } from './target';
import { textOf } from './text';

/** A deployment as one target writes it. */
export interface WrittenDeployment {
  readonly deployment: PlacedDeployment;
  /** The folders whose files are its objects, relative to the output. */
  readonly folders: readonly string[];
  /** The texts of these files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is in these files. */
  readonly objects: readonly KubeObject[];
}

/** Whether what a target writes are objects as they are applied. */
export function writesObjects({ name }: TargetChoice): boolean {
  return TARGETS.some((target) => target.name === name && target.objectsIn !== undefined);
}

/**
 * The deployments that a target writes, with the files of each.
 *
 * @throws SeaworthyError CONFIG_INVALID, FILE_COLLISION, as `gitopsFiles` does
 */
export async function writtenDeployments(
  input: Omit<GitopsInput, 'targets'>,
  choice: TargetChoice,
): Promise<readonly WrittenDeployment[]> {
  const problems: Problem[] = [];
  const { placed, files } = await renderTarget(input, choice, (problem) => void problems.push(problem));
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  const target = TARGETS.find(({ name }) => name === choice.name);
  return placed.map((deployment) => {
    const folders = target?.objectsIn?.(deployment, input.placement, choice.options) ?? [];
    const own = files.filter(({ path }) => isBelow(path, folders));
    const contents = own.flatMap(({ path, content }) =>
      content instanceof Uint8Array ? [] : [{ path, content }],
    );
    return {
      deployment,
      folders,
      texts: new Map(contents.map(({ path, content }) => [path, textOf(content)])),
      objects: contents.flatMap(({ content }) => (typeof content === 'string' ? [] : content)),
    };
  });
}

/** The folders of a deployment that a target wrote, and what it is of by the names of folders. */
export interface RecordedDeployment extends FoundFolder {
  readonly folders: readonly string[];
}

/** The deployments that files of a target are of, without asking the app. */
export function recordedDeployments(
  paths: Iterable<string>,
  { name, options }: TargetChoice,
  placement: Placement,
): readonly RecordedDeployment[] {
  const target = TARGETS.find((each) => each.name === name);
  const found = new Map<string, RecordedDeployment>();
  for (const path of paths) {
    if (target?.deployerFolder !== undefined && isBelow(path, [target.deployerFolder])) continue;
    const at = folderAt(path, placement.path, name);
    if (at === undefined || found.has(at.folder)) continue;
    const placed: PlacedDeployment = { ...at, name, profile: {}, manifests: [] };
    const folders = target?.objectsIn?.(placed, placement, options) ?? [];
    found.set(at.folder, { ...at, folders });
  }
  // What several share is no deployment.
  const shared = new Set(
    [...found.values()].flatMap(({ folder, folders }) => folders.filter((each) => each !== folder)),
  );
  return [...found.values()].filter(({ folder }) => !shared.has(folder));
}

/** Whether a path is in one of some folders. */
export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
}
