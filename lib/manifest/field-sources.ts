import type { Manifest } from './manifest';
import { parseSource } from './source';
import { LONGEST_LOCATED, type DocumentText } from './yaml/chunk';
import { pathOf } from './path';
import { isRebuilt, writtenAt } from './rebuilt';
import { commentAt } from './yaml/comments';
import { Positions, type Extent, type Scalar } from './yaml/positions';
import { offsetOf } from './yaml/seek';
import { stepsTo } from './step';

/** Where an object is: in a document, or below a path of one that is a list. */
interface Place {
  readonly document: DocumentText;
  readonly path: string;
}

/**
 * The places of objects that were read from YAML. They are kept outside the objects, so that neither output nor
 * comparisons include them. Only the offset of the document in its text is kept, some 150 bytes per object: a
 * document is read again when its lines are needed. The text costs nothing, since the strings of YAML are slices of
 * it; those of JSON are not, so only a short text is kept.
 */
const places = new WeakMap<object, Place>();

/** Keeps where `object` was read from. */
export function keepPlace(object: object, document: DocumentText, path: string): void {
  if (document.end - document.start <= LONGEST_LOCATED) places.set(object, { document, path });
}

/** Finds the lines of fields. A document is read once for consecutive fields. */
export class FieldSources {
  private document: DocumentText | undefined;
  private positions: Positions | undefined;

  /**
   * The file and line of the field at `path`, or of the innermost part of it that exists: `deploy.yaml:14`.
   * `undefined` for a manifest from code, or from YAML without a name.
   */
  sourceOf(manifest: Manifest, path: string): string | undefined {
    const { object, origin } = manifest;
    if (isRebuilt(object)) {
      const written = writtenAt(object, stepsTo(object, path).steps);
      return written && this.sourceOf(written.manifest, pathOf(written.steps));
    }
    const source = origin?.construct === undefined ? parseSource(origin?.source) : undefined;
    const place = source && places.get(object);
    if (source === undefined || place === undefined) return undefined;
    const line = isSought(place)
      ? lineIn(place.document, offsetOf(place.document, stepsTo(object, path).steps))
      : this.positionsIn(place)?.at(joined(place.path, path)).line;
    return line === undefined ? undefined : `${source.file}:${source.line + line - 1}`;
  }

  /**
   * As `sourceOf`, with the column, for a value that is no object but was read as one: `deploy.yaml:14:5`.
   *
   * @param source where its document starts
   */
  exactSourceOf(value: object, source: string, path: string): string | undefined {
    const place = places.get(value);
    const start = parseSource(source);
    const position = place && this.positionsIn(place)?.at(joined(place.path, path));
    if (start === undefined || position === undefined) return undefined;
    return `${start.file}:${start.line + position.line - 1}:${position.column}`;
  }

  /**
   * The text of the plain scalar at `path` of an object that was read from YAML, and its value, which is no string;
   * `undefined` for any other.
   */
  scalarOf(object: object, path: string): Scalar | undefined {
    if (isRebuilt(object)) {
      const written = writtenAt(object, stepsTo(object, path).steps);
      return written && this.scalarOf(written.manifest.object, pathOf(written.steps));
    }
    const place = places.get(object);
    return place && this.positionsIn(place)?.scalarAt(joined(place.path, path));
  }

  /** The comments at the line of the field at `path` of an object that was read from YAML, and directly above it. */
  commentAt(object: object, path: string): string {
    if (isRebuilt(object)) {
      const written = writtenAt(object, stepsTo(object, path).steps);
      return written === undefined ? '' : this.commentAt(written.manifest.object, pathOf(written.steps));
    }
    const place = places.get(object);
    if (place !== undefined && isSought(place)) {
      const { document } = place;
      const { text, start } = document;
      return commentAt(
        text,
        text.lastIndexOf('\n', start - 1) + 1,
        offsetOf(document, stepsTo(object, path).steps),
      );
    }
    return (place && this.positionsIn(place)?.commentAt(joined(place.path, path))) ?? '';
  }

  /**
   * The part of its document that the value at `steps` of an object takes, lines counted from that on which the content of
   * the document starts. `undefined` if it is not known where the object was read from.
   */
  extentOf({ object }: Manifest, steps: readonly (string | number)[]): Extent | undefined {
    // Those that it is built from have the lines.
    const place = isRebuilt(object) ? undefined : places.get(object);
    const positions = place && this.positionsIn(place);
    if (place === undefined || positions === undefined) return undefined;
    const above = stepsTo(positions.content, place.path);
    return above.rest === '' ? positions.extentOf([...above.steps, ...steps]) : undefined;
  }

  private positionsIn({ document }: Place): Positions | undefined {
    if (this.document !== document) {
      this.document = document;
      this.positions = Positions.of(document);
    }
    return this.positions;
  }
}

/** Whether the fields of an object can be found in its text, which is then not read again. */
function isSought({ document, path }: Place): boolean {
  return document.isBlock === true && path === '';
}

/** The line of an offset, counted from 1 for the one that the content starts on. */
function lineIn({ text, start }: DocumentText, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n', start); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The path of a field of an object at `place` in a document. */
export function joined(place: string, path: string): string {
  if (place === '' || path === '') return place + path;
  return path.startsWith('[') ? place + path : `${place}.${path}`;
}
