import { authoredIn, manifestsAmong } from '../../../manifest/documents';
import type { Manifest } from '../../../manifest/manifest';
import type { Authored, Faulty } from '../../../manifest/objects';
import { parseSource } from '../../../manifest/source';
import { readStream, type BrokenText, type ParseOptions } from '../../../manifest/yaml/parse';
import { isRecord } from '../../project/section';
import type { Skipped } from '../reasons';
import { STDIN } from '../sources';
import { isPatchFile, otherThanObject, type Defined, type Other } from './document';
import { earlierWith, keepEarlier, objectsAgain, type Earlier } from './earlier';
import { encrypted } from './encrypted';
import { isYtt, otherThanManifest } from './unreadable';

/** What the documents of files are. */
export interface SortedContents {
  readonly manifests: readonly Manifest[];
  readonly faulty: readonly Faulty[];
  readonly encrypted: readonly Manifest[];
  readonly skipped: readonly Skipped[];
}

interface File {
  readonly shown: string;
  /** Whether the user named it. */
  readonly named: boolean;
}

/** A file that was read. */
interface Read extends File {
  readonly documents: readonly Authored[];
  readonly faulty: readonly Faulty[];
  readonly others: readonly Other[];
  /** What is kept of it, where all of it can be read, and whose objects may be known. */
  readonly earlier?: Earlier;
}

/** Gathers files, and then tells objects from what else they hold: a definition in one says what another holds. */
export class Contents {
  readonly #files: Read[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #known: ParseOptions['known'];
  /** The manifests of a fleet repeat whole fields. */
  readonly #parts: NonNullable<ParseOptions['parts']> = new Map();

  constructor(known: ParseOptions['known']) {
    this.#known = known;
  }

  add(text: string, { shown, named }: File): void {
    if (isYtt(text)) {
      this.#skipped.push({ shown, named, why: 'unrendered', reason: 'a template of ytt' });
      return;
    }
    const known = this.#known;
    const same = earlierWith(text, known);
    const { documents, broken } =
      same === undefined
        ? readStream(text, { source: shown, parts: this.#parts, ...(known && { known }) })
        : { documents: same.documents, broken: [] };
    const others = broken.map((part) => ({ part, other: otherIn(part, { shown, named }) }));
    const unrendered = others.find(({ other }) => other?.why === 'unrendered');
    // What stands between the actions of a template is a part of it.
    if (unrendered?.other !== undefined) this.#skipped.push({ shown, named, ...unrendered.other });
    else if (documents.length === 0 && broken.length === 0) {
      if (shown !== STDIN) this.#skipped.push({ shown, named, why: 'empty' });
    } else
      this.#files.push({
        shown,
        named,
        documents: authoredIn(documents, shown),
        faulty: others.flatMap(({ part, other }) =>
          other === undefined
            ? part.problems.map((problem) => ({ problem, value: undefined, path: '' }))
            : [],
        ),
        others: others.flatMap(({ other }) => other ?? []),
        ...(known !== undefined &&
          broken.length === 0 && { earlier: same ?? keepEarlier(text, documents, known) }),
      });
  }

  sorted(): SortedContents {
    const defined = definedIn(this.#files.flatMap(({ documents }) => documents));
    const found = this.#files.map((file) => sortedFile(file, defined));
    return {
      manifests: found.flatMap(({ manifests }) => manifests),
      faulty: found.flatMap(({ faulty }) => faulty),
      encrypted: found.flatMap(({ encrypted }) => encrypted),
      skipped: [...this.#skipped, ...found.flatMap(({ skipped }) => skipped)],
    };
  }
}

/** A named file is meant to hold manifests: then what cannot be read is skipped only if it is clear what it is. */
function otherIn(part: BrokenText, { shown, named }: File): Other | undefined {
  const other = otherThanManifest(part, shown);
  return named && (other?.why === 'other' || other?.why === 'binary') ? undefined : other;
}

function sortedFile(file: Read, defined: Defined): SortedContents {
  const { shown, earlier } = file;
  // The name of a file decides only where it is one of patches.
  if (earlier === undefined || isPatchFile(shown)) return sortedAnew(file, defined);
  const again = objectsAgain(earlier, shown, defined);
  if (again !== undefined) return { manifests: again, faulty: [], encrypted: [], skipped: [] };
  const sorted = sortedAnew(file, defined);
  const { manifests, faulty, encrypted, skipped } = sorted;
  if (faulty.length + encrypted.length + skipped.length === 0)
    earlier.objects = { shown, defined, manifests };
  return sorted;
}

function sortedAnew({ shown, named, documents, faulty, others }: Read, defined: Defined): SortedContents {
  const judged = documents.map((document) => ({
    document,
    other: otherThanObject(document.value, shown, defined),
  }));
  const objects = judged.filter(({ other }) => other === undefined).map(({ document }) => document);
  const read = manifestsAmong(objects);
  const skipped = judged.flatMap(({ document, other }) =>
    other === undefined ? [] : [{ shown: placeIn(shown, document), named, ...other }],
  );
  const ofParts = others.map((other) => ({ shown, named, ...other }));
  const isWhole = objects.length === 0 && faulty.length === 0;
  return {
    manifests: read.manifests,
    faulty: [...faulty, ...read.faulty],
    encrypted: judged.flatMap(({ document }) => encryptedIn(document)),
    skipped: isWhole ? [...skipped, ...ofParts].slice(0, 1).map((one) => ({ ...one, shown })) : skipped,
  };
}

/** A document of a file that holds others, by its line. */
function placeIn(shown: string, { source }: Authored): string {
  const line = parseSource(source)?.line;
  return line === undefined ? shown : `${shown}:${line}`;
}

/** Objects that SOPS has encrypted, as far as their names can be read. */
function encryptedIn(document: Authored): readonly Manifest[] {
  const values = encrypted(document.value) ?? [];
  const { place, source } = document;
  const { manifests } = manifestsAmong(values.map((value) => ({ value, place, ...(source && { source }) })));
  return manifests.filter(({ id }) => !`${id.kind}${id.name}`.includes('ENC['));
}

/** The kinds that the CustomResourceDefinitions among documents define. */
function definedIn(documents: readonly Authored[]): Defined {
  const defined = new Set<string>();
  for (const { value } of documents) {
    if (!isRecord(value) || value['kind'] !== 'CustomResourceDefinition' || !isRecord(value['spec']))
      continue;
    const { group, names } = value['spec'];
    if (typeof group === 'string' && isRecord(names)) defined.add(`${group}/${String(names['kind'])}`);
  }
  return defined;
}
