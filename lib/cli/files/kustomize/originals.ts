import { SeaworthyError, type Problem } from '../../../errors';
import { grouped } from '../../../kube/grouped';
import { authoredIn, manifestsAmong } from '../../../manifest/documents';
import { groupOf, type Manifest } from '../../../manifest/manifest';
import type { Faulty } from '../../../manifest/objects';
import { keepOriginals } from '../../../manifest/rebuilt';
import { readStream } from '../../../manifest/yaml/parse';
import { otherThanManifest } from '../contents/unreadable';
import { readInput } from '../input';
import { namedFrom } from '../sources';
import type { KustomizedFolder } from './forest';

interface Original {
  readonly manifests: readonly Manifest[];
  readonly faulty: readonly Faulty[];
  /** Objects with a mistake, such as a missing name, about which Kustomize may say something else, or nothing. */
  readonly incomplete: readonly Faulty[];
  /** Whether it is no YAML because of its actions or variables. */
  readonly isTemplate: boolean;
}

/** The files that kustomizations build from, each read once. */
export class Originals {
  readonly #files = new Map<string, Original>();

  readonly #patches = new Map<string, readonly Manifest[]>();

  static async read(folders: Iterable<KustomizedFolder>, cwd: string): Promise<Originals> {
    const originals = new Originals();
    for (const { resources, patches } of folders) {
      for (const path of resources)
        if (!originals.#files.has(path)) originals.#files.set(path, await read(path, namedFrom(cwd, path)));
      for (const path of patches)
        if (!originals.#patches.has(path))
          originals.#patches.set(path, (await read(path, namedFrom(cwd, path))).manifests);
    }
    return originals;
  }

  /** What cannot be read of the files of `folders`. */
  faulty(folders: readonly KustomizedFolder[]): Faulty[] {
    return this.#of(folders).flatMap((file) => file.faulty);
  }

  /** The objects of `folders` with a mistake that keeps them from being objects. */
  incomplete(folders: readonly KustomizedFolder[]): Faulty[] {
    return this.#of(folders).flatMap((file) => file.incomplete);
  }

  /** Whether a file of `folders` is a template, which Kustomize cannot read. */
  hasTemplates(folders: readonly KustomizedFolder[]): boolean {
    return this.#of(folders).some(({ isTemplate }) => isTemplate);
  }

  /**
   * Finds the originals of objects that are built from `folders`: that of a built object is the one of its kind and name, or
   * the one whose name is the longest part of its name, which may have a prefix, a suffix and a hash; and the patches for
   * it. An object without an original, as of a generator, gets `fallback`.
   */
  placer(folders: readonly KustomizedFolder[], fallback: string): (built: Manifest) => Manifest {
    const manifests = this.#of(folders).flatMap((file) => file.manifests);
    const byKind = grouped(manifests, kindOf);
    const patches = folders.flatMap((folder) =>
      folder.patches.flatMap((path) => this.#patches.get(path) ?? []),
    );
    return (built) => {
      const original = originalOf(built, byKind.get(kindOf(built)) ?? []);
      const own = patches.filter((patch) => kindOf(patch) === kindOf(built) && isFor(patch, original));
      keepOriginals(built.object, original === undefined ? [] : [original, ...own]);
      return { ...built, origin: original?.origin ?? { source: fallback } };
    };
  }

  #of(folders: readonly KustomizedFolder[]): Original[] {
    return folders.flatMap(({ resources }) => resources.flatMap((path) => this.#files.get(path) ?? []));
  }
}

async function read(path: string, shown: string): Promise<Original> {
  try {
    const { documents, broken } = readStream(await readInput(path, shown), { source: shown });
    const { manifests, faulty: incomplete } = manifestsAmong(authoredIn(documents, shown));
    const whole = broken.filter((part) => otherThanManifest(part, shown)?.why !== 'unrendered');
    const faulty = whole.flatMap(({ problems }) => problems.map(unread));
    return { manifests, faulty, incomplete, isTemplate: whole.length < broken.length };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return { manifests: [], faulty: error.problems.map(unread), incomplete: [], isTemplate: false };
  }
}

function unread(problem: Problem): Faulty {
  return { problem, value: undefined, path: '' };
}

function originalOf(built: Manifest, candidates: readonly Manifest[]): Manifest | undefined {
  const { name } = built.id;
  let best: Manifest | undefined;
  for (const each of candidates) {
    if (each.id.name === name) return each;
    if (name.includes(each.id.name) && each.id.name.length > (best?.id.name.length ?? 0)) best = each;
  }
  return best;
}

/** Whether a patch names an object; overlays may have given it a prefix by then. */
function isFor(patch: Manifest, original: Manifest | undefined): boolean {
  return original !== undefined && patch.id.name.includes(original.id.name);
}

function kindOf({ id }: Manifest): string {
  return `${groupOf(id.apiVersion)}/${id.kind}`;
}
