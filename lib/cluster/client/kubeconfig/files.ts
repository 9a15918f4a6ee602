import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SeaworthyError } from '../../../errors';
import { isPlainRecord, ownValue, type PlainRecord } from '../../../manifest/data';
import { parseDocuments } from '../../../manifest/yaml/parse';
import { Entry } from './entry';
import { invalid } from './invalid';

/** What one or more kubeconfig files have, by name. */
export interface Entries {
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
  readonly contexts: ReadonlyMap<string, Entry>;
  /** Empty if there is none. */
  readonly currentContext: string;
}

/**
 * The kubeconfig files at `paths` in one: what an earlier one says counts, an entry as a whole. Files that are not there are
 * left out; undefined if none is there.
 *
 * @throws SeaworthyError KUBECONFIG_INVALID
 * @source k8s.io/client-go tools/clientcmd/loader.go ClientConfigLoadingRules.Load 1.36
 */
export function readFiles(paths: readonly string[]): Entries | undefined {
  const files = paths.flatMap((path) => readFile(path) ?? []);
  if (files.length === 0) return undefined;
  const merged = (list: 'clusters' | 'users' | 'contexts'): ReadonlyMap<string, Entry> =>
    new Map(files.toReversed().flatMap((file) => [...file[list]]));
  return {
    clusters: merged('clusters'),
    users: merged('users'),
    contexts: merged('contexts'),
    currentContext: files.find(({ currentContext }) => currentContext !== '')?.currentContext ?? '',
  };
}

function readFile(path: string): Entries | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw invalid(`cannot be read: ${code}`, HINT, path);
  }
  const config = configIn(text, path);
  const folder = dirname(resolve(path));
  const current = ownValue(config, 'current-context') ?? '';
  if (typeof current !== 'string') throw invalid('current-context is not a string', HINT, path);
  return {
    clusters: entriesIn(config, 'clusters', 'cluster', { path, folder }),
    users: entriesIn(config, 'users', 'user', { path, folder }),
    contexts: entriesIn(config, 'contexts', 'context', { path, folder }),
    currentContext: current,
  };
}

const HINT = 'kubectl config view shows how kubectl reads it.';

/** The first document of a file; none in an empty one. */
function configIn(text: string, path: string): PlainRecord {
  try {
    const [{ value } = { value: {} }] = parseDocuments(text, { source: path });
    if (isPlainRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    const { message, source = path } = error.problems[0];
    throw invalid(message, HINT, source);
  }
  throw invalid('is no kubeconfig', HINT, path);
}

function entriesIn(
  config: PlainRecord,
  list: string,
  field: string,
  { path, folder }: { readonly path: string; readonly folder: string },
): ReadonlyMap<string, Entry> {
  const items = ownValue(config, list) ?? [];
  if (!Array.isArray(items)) throw invalid(`${list} is not a list`, HINT, path);
  const entries = new Map<string, Entry>();
  for (const [index, item] of (items as unknown[]).entries()) {
    const [name, fields] = [ownValue(item, 'name') ?? '', ownValue(item, field) ?? {}];
    if (typeof name !== 'string') throw invalid(`${list}[${index}].name is not a string`, HINT, path);
    if (!isPlainRecord(fields)) throw invalid(`${list}[${index}].${field} is not a map`, HINT, path);
    if (entries.has(name)) throw invalid(`${list} has ${name} twice`, HINT, path);
    entries.set(name, new Entry(list, name, fields, folder));
  }
  return entries;
}
