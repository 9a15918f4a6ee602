import { isMap, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { availability, type KubernetesRelease } from '../kube/schema';
import { at, Edits, textAt } from './edits';
import { byHand, moveFor } from './rules';

/** An object of an API version that a release does not serve. */
export interface Outdated {
  /** Counted from 1. */
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  readonly from: string;
  /** The version of the release; nothing where it has no such kind any more. */
  readonly to: string | undefined;
  /** The release that removed the old one. */
  readonly removed: string;
  /** What has to be done by hand, where the object was left as it is. */
  readonly todo?: string;
}

/** What became of a text. */
export interface Converted {
  /** The same where nothing was changed. */
  readonly text: string;
  readonly outdated: readonly Outdated[];
  /** Why the text was left alone: it is no YAML, or a template of it. */
  readonly unread?: string;
}

/**
 * A YAML text whose objects have the API versions of a release, where the change is mechanical. Comments, order and style stay as
 * they are; objects that cannot be converted, too, and are named.
 */
export function convertApi(text: string, release: KubernetesRelease): Converted {
  if (text.includes('{{')) return { text, outdated: [], unread: 'a template' };
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter });
  const [wrong] = documents.flatMap(({ errors }) => errors);
  if (wrong !== undefined)
    return { text, outdated: [], unread: `no YAML: ${wrong.message.split('\n')[0] ?? ''}` };
  let result = text;
  const outdated: Outdated[] = [];
  // Objects are changed one by one from the end, so that places before them stay.
  for (const object of documents.flatMap(({ contents }) => objectsIn(contents)).reverse()) {
    const found = outdatedIn(object, release, counter);
    if (found === undefined) continue;
    const edits = new Edits(result);
    const todo = found.to === undefined ? byHand(found.from, found.kind) : change(object, found.to, edits);
    outdated.unshift({ ...found, ...(todo !== undefined && { todo }) });
    if (todo === undefined) result = edits.applied();
  }
  return { text: result, outdated };
}

/** The objects of a document, those of a List one by one. */
function objectsIn(node: unknown): readonly YAMLMap[] {
  if (!isMap(node)) return [];
  const items = at(node, 'items');
  const isList = /List$/.test(textAt(node, 'kind') ?? '') && isSeq(items);
  return isList ? items.items.flatMap(objectsIn) : [node];
}

function outdatedIn(object: YAMLMap, release: KubernetesRelease, counter: LineCounter): Outdated | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const found = availability(release, apiVersion, kind);
  if (found?.status !== 'removed') return undefined;
  const [offset = 0] = at(object, 'apiVersion')?.range ?? [];
  return {
    line: counter.linePos(offset).line,
    kind,
    name: textAt(object, 'metadata', 'name') ?? '',
    from: apiVersion,
    to: found.replacement?.kind === kind ? found.replacement.apiVersion : undefined,
    removed: found.release,
  };
}

/** @returns what has to be done by hand instead */
function change(object: YAMLMap, to: string, edits: Edits): string | undefined {
  const [apiVersion = '', kind = ''] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const version = at(object, 'apiVersion');
  const move = moveFor(apiVersion, kind);
  if (version === undefined || move === undefined) return byHand(apiVersion, kind);
  const todo = move(object, edits);
  if (todo === undefined) edits.replace(version, to);
  return todo;
}
