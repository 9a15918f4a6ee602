import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { Problem } from '../../../errors';
import type { Manifest } from '../../../manifest/manifest';
import type { Faulty } from '../../../manifest/objects';
import { redactText } from '../../../report/redact/text';
import { Contents } from '../contents/contents';
import type { Skipped } from '../reasons';
import { namedFrom } from '../sources';
import type { Found } from '../walk';
import { build, type Built } from './build';
import { Forest, type KustomizedFolder } from './forest';
import { Originals } from './originals';
import { partsOf } from './parts';

/** What a kustomization builds. */
export interface BuiltFolder {
  /** Its folder, as messages name it. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly encrypted: readonly Manifest[];
}

/** What became of the kustomizations among files. */
export interface Kustomized {
  readonly built: readonly BuiltFolder[];
  readonly faulty: readonly Faulty[];
  /** Kustomizations that are not built, and files that are parts of one, so that they are not read for themselves. */
  readonly skipped: readonly Skipped[];
  /** The files that belong to no kustomization. */
  readonly others: readonly Found[];
}

export interface KustomizeOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether kubectl may run. */
  readonly mayBuild: boolean;
}

/** What is said where an option that kubectl was not given, a newer version or more time might build a kustomization. */
const NEEDS_MORE =
  /is not in or below|--enable|plugin|unknown field|load restrictor|must build at directory|^no result within/i;

/**
 * Builds the kustomizations in folders: each that no other one builds on. What they are made of is not read for itself.
 *
 * @param found all files, `kustomizations` among them
 */
export async function kustomize(
  found: readonly Found[],
  kustomizations: readonly Found[],
  { cwd, env, mayBuild }: KustomizeOptions,
): Promise<Kustomized> {
  const forest = await Forest.read(kustomizations, cwd);
  const roots = forest.roots(kustomizations).map((root) => ({ root, closure: forest.closure(root) }));
  const originals = await Originals.read(
    roots.flatMap(({ closure }) => closure),
    cwd,
  );
  const results = await inTurns(roots, async ({ root, closure }): Promise<Outcome> => {
    const problems = closure.flatMap((each) => each.problems.map(faultOf));
    const faulty = [...problems, ...originals.faulty(closure)];
    if (faulty.length > 0) return { faulty };
    const obstacle = closure.map((each) => each.obstacle).find((each) => each !== undefined);
    if (obstacle !== undefined) return { obstacle };
    if (originals.hasTemplates(closure)) return { obstacle: 'a kustomization of templates' };
    const result: Built = mayBuild ? await build(root.folder, env) : { isMissing: true };
    const incomplete = 'failure' in result ? originals.incomplete(closure) : [];
    if (incomplete.length > 0) return { faulty: incomplete };
    return outcomeOf(result, root, originals.placer(closure, `${root.shown}:1`), cwd);
  });
  const named = new Set(kustomizations.filter((file) => file.named).map(({ path }) => dirname(path)));
  const skipped = roots.flatMap(({ root }, index) =>
    (results[index]?.skipped ?? skippedRoot(root, results[index]?.obstacle, cwd)).map((each) => ({
      ...each,
      named: named.has(root.folder),
    })),
  );
  const built = roots.flatMap(({ closure }, index) => (results[index]?.built === undefined ? [] : closure));
  const { parts, others } = partsOf(found, kustomizations, forest, new Set(built));
  return {
    built: results.flatMap(({ built }) => built ?? []),
    faulty: once(results.flatMap(({ faulty = [] }) => faulty)),
    skipped: [...skipped, ...parts],
    others,
  };
}

/** What became of one kustomization. */
interface Outcome {
  readonly built?: BuiltFolder;
  readonly faulty?: readonly Faulty[];
  /** Why it was not built. */
  readonly obstacle?: string;
  readonly skipped?: readonly Skipped[];
}

function outcomeOf(
  result: Built,
  { folder, shown }: KustomizedFolder,
  placed: (manifest: Manifest) => Manifest,
  cwd: string,
): Outcome {
  if ('isMissing' in result) return { obstacle: 'a kustomization, which only kubectl builds' };
  const name = namedFrom(cwd, folder);
  if ('failure' in result) {
    const message = `kubectl kustomize fails: ${redactText(result.failure)}`;
    if (NEEDS_MORE.test(result.failure)) return { obstacle: `a kustomization: ${message}` };
    return {
      faulty: [faultOf({ code: 'KUSTOMIZATION_FAILED', place: name, message, source: `${shown}:1` })],
    };
  }
  const contents = new Contents(undefined);
  contents.add(result.yaml, { shown, named: false });
  const read = contents.sorted();
  const atTop = (each: Faulty): Faulty => ({ ...each, problem: { ...each.problem, source: `${shown}:1` } });
  return {
    built: { name, manifests: read.manifests.map(placed), encrypted: read.encrypted.map(placed) },
    faulty: read.faulty.map(atTop),
    skipped: read.skipped.filter(({ why }) => why !== 'empty').map((each) => ({ ...each, shown })),
  };
}

function skippedRoot(
  { folder, shown }: KustomizedFolder,
  reason: string | undefined,
  cwd: string,
): Skipped[] {
  if (reason === undefined) return [];
  const command = `kubectl kustomize ${namedFrom(cwd, folder)} | seaworthy check -`;
  return [{ shown, why: 'kustomization', reason, command }];
}

/** A missing file is mostly generated before the kustomization is built. */
function faultOf(problem: Problem): Faulty {
  const isUncertain = problem.code === 'KUSTOMIZATION_FAILED' && problem.path !== undefined;
  return { problem, value: undefined, path: problem.path ?? '', isUncertain };
}

/** A base that several build on is at fault once. */
function once(faulty: readonly Faulty[]): Faulty[] {
  return [...new Map(faulty.map((each) => [each.problem, each])).values()];
}

/** The results of `work` for all items, in order, as many at the same time as there are cores: kubectl computes. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
