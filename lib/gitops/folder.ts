import type { Problem } from '../errors';
import { fold, folderName, isReserved } from '../output/file-name';
import { faultOf } from '../output/paths';
import type { Deployment, Placement, PlacedDeployment } from './target';

/** The folder of a deployment unless the layout names another. */
export const DEFAULT_PATH = '{target}/{app}/{environment}';

const WORDS = ['target', 'app', 'environment'] as const;

/** Why a path of the layout cannot be one; `undefined` if it can. */
export function pathProblem(path: string): string | undefined {
  const unknown = [...path.matchAll(/\{([^{}]*)\}/g)].find(([, word]) => !WORDS.includes(word as 'app'));
  if (unknown !== undefined) return `"${unknown[0]}" is none of {target}, {app} and {environment}`;
  const plain = path.replace(/\{[^{}]*\}/g, 'x');
  if (/[{}]/.test(plain)) return 'a brace has no other';
  const fault = faultOf(plain);
  if (fault !== undefined) return fault;
  const reserved = path.split('/').find((segment) => isReserved(segment));
  return reserved === undefined ? undefined : `Windows cannot have a folder "${reserved}"`;
}

/** The folder of a deployment; a part of the path that it has no name for is left out. */
export function folderOf(
  path: string | undefined,
  target: string,
  { app = '', environment = '' }: Deployment,
): string {
  const words = { target, app, environment };
  const segments = (path ?? DEFAULT_PATH).split('/').map((segment) => {
    const text = segment.replace(/\{(\w+)\}/g, (_, word: keyof typeof words) => words[word]);
    return text === '' || text === segment ? text : folderName(text);
  });
  return segments.filter((segment) => segment !== '').join('/');
}

/** The folder of a deployment, and what it is of by the names of folders. */
export interface FoundFolder extends Pick<Deployment, 'app' | 'environment'> {
  readonly folder: string;
}

/** What a deployment may have no name of: the folders of an app without a name begin with its environments. */
const NAMELESS: readonly (readonly string[])[] = [[], ['app'], ['environment'], ['app', 'environment']];

/** The folder of a deployment that a file of `target` is in, as `folderOf` names them; `undefined` if it is in none. */
export function folderAt(file: string, path = DEFAULT_PATH, target: string): FoundFolder | undefined {
  for (const nameless of NAMELESS) {
    const found = patternOf(path, target, nameless).exec(file);
    if (found !== null) return { folder: found[0].slice(0, -1), ...found.groups };
  }
  return undefined;
}

function patternOf(path: string, target: string, nameless: readonly string[]): RegExp {
  const seen = new Set<string>();
  const segments = path.split('/').map((segment) =>
    segment.replace(/\{(\w+)\}|[^{\w]/g, (text, word?: string) => {
      if (word === undefined) return `\\${text}`;
      if (word === 'target') return target;
      if (nameless.includes(word)) return '';
      if (seen.has(word)) return `\\k<${word}>`;
      seen.add(word);
      return `(?<${word}>[^/]+)`;
    }),
  );
  return new RegExp(`^${segments.filter((segment) => segment !== '').join('/')}/`, 'u');
}

/** The name of the folder with what environments share, in the place of theirs. */
const BASE = 'base';

/** The folder of what the environments of an app share, for Kustomize. */
export function baseFolder(deployment: Deployment, { path }: Placement): string {
  return folderOf(path, 'kustomize', { ...deployment, environment: BASE });
}

/**
 * Where a target writes each deployment. Each has a folder of its own: whoever applies it would apply the objects of the other
 * to its cluster, too.
 *
 * @param report takes FILE_COLLISION for two in one folder, also where only some file systems take them for one
 */
export function placeDeployments(
  deployments: readonly Deployment[],
  target: string,
  { path }: Placement,
  report: (problem: Problem) => void,
): readonly PlacedDeployment[] {
  const taken = new Map<string, PlacedDeployment>();
  const placed = deployments.map((deployment): PlacedDeployment => {
    const { app = '', environment = '' } = deployment;
    const name = [app, environment].filter((each) => each !== '').join('-') || 'app';
    return { ...deployment, name, folder: folderOf(path, target, deployment) };
  });
  for (const each of placed) {
    const other = taken.get(fold(each.folder));
    if (other !== undefined) report(collision(each, other, 'are in one folder'));
    else taken.set(fold(each.folder), each);
  }
  for (const each of taken.values()) {
    for (let end = each.folder.lastIndexOf('/'); end > 0; end = each.folder.lastIndexOf('/', end - 1)) {
      const around = taken.get(fold(each.folder.slice(0, end)));
      if (around !== undefined) report(collision(each, around, `are in one folder, ${around.folder}/`));
    }
  }
  return placed;
}

function collision(one: PlacedDeployment, other: PlacedDeployment, what: string): Problem {
  return {
    code: 'FILE_COLLISION',
    place: `${one.folder}/`,
    path: 'seaworthy.layout.path',
    message: `"${other.name}" and "${one.name}" ${what}`,
    hint: `Use a path with {app} and {environment}, such as ${DEFAULT_PATH}, and name each app.`,
  };
}
