import { identify, type Manifest } from './manifest';
import { sortedOut, type Authored, type Checked, type Faulty } from './objects';
import { withKeys } from './with-keys';
import type { ParsedDocument } from './yaml/chunk';

/** The documents of a file, or of a text without a name, with their places. */
export function authoredIn(documents: readonly ParsedDocument[], source: string | undefined): Authored[] {
  return documents.map(({ value, line, text: document, dropped }, index) => {
    const number = `document ${index + 1}`;
    const authored: Authored =
      source === undefined
        ? { value, place: `${number}, line ${line}` }
        : { value, place: number, source: `${source}:${line}`, ...(document && { document }) };
    return dropped === undefined ? authored : withKeys(authored, { dropped });
  });
}

/** The manifests among `authored`, lists replaced by their items, and the values that are no objects. */
export function manifestsAmong(authored: Iterable<Authored>): {
  readonly manifests: Manifest[];
  readonly faulty: readonly Faulty[];
} {
  const { objects, faulty } = sortedOut(authored);
  return { manifests: objects.map(manifestOf), faulty };
}

/** An object with its identity. */
export function manifestOf({ object, source, dropped }: Checked): Manifest {
  return {
    object,
    id: identify(object),
    ...(source !== undefined && { origin: { source } }),
    ...(dropped !== undefined && { dropped }),
  };
}
