import { parseDocuments } from '../../../manifest/yaml/parse';
import { isRecord } from '../../project/section';

type Fields = Readonly<Record<string, unknown>>;

/** What a kustomization names. */
export interface Kustomization {
  /** Whether it is a part that others add, with nothing of its own to build. */
  readonly isComponent: boolean;
  /** Files and folders with objects. */
  readonly resources: readonly string[];
  /** Other files: patches, what generators read, settings of transformers. */
  readonly files: readonly string[];
  /** Those of them that are patches. */
  readonly patches: readonly string[];
  /** Files that generators read. They often hold secrets, and are not in the repository. */
  readonly sources: readonly string[];
  /** Generators and transformers: paths, or their YAML itself, in which anything may be named. */
  readonly plugins: readonly string[];
  /** Whether Helm would render charts. */
  readonly hasCharts: boolean;
}

/** Fields whose entries are files or folders with objects. `bases` is the former name of a part of `resources`. */
const RESOURCES = ['resources', 'bases', 'components'];
/** Fields whose entries are paths, or YAML in the place of a path. */
const FILES = ['patchesStrategicMerge', 'crds', 'configurations', 'generators', 'transformers', 'validators'];
/** Fields whose entries have a path. */
const WITH_PATH = ['patches', 'patchesJson6902', 'replacements'];
const PATCHES = ['patchesStrategicMerge', 'patches', 'patchesJson6902', 'replacements'];
const CHARTS = ['helmCharts', 'helmChartInflationGenerator'];
const PLUGINS = ['generators', 'transformers', 'validators'];
const GENERATORS = ['configMapGenerator', 'secretGenerator'];

/**
 * What the text of a kustomization names.
 *
 * Source: `types.Kustomization` of kustomize api v0.20.
 *
 * @throws SeaworthyError INVALID_YAML
 */
export function readKustomization(text: string, source: string): Kustomization {
  const [value] = parseDocuments(text, { source }).map((document) => document.value);
  const fields = isRecord(value) ? value : {};
  const list = (name: string): readonly unknown[] => {
    const entries = fields[name];
    return Array.isArray(entries) ? (entries as unknown[]) : [];
  };
  const openapi = isRecord(fields['openapi']) ? [fields['openapi']['path']] : [];
  const generators = GENERATORS.flatMap((name) => list(name).filter(isRecord));
  const withPath = (names: readonly string[]): readonly unknown[] =>
    names.flatMap(list).map((entry) => (isRecord(entry) ? entry['path'] : entry));
  return {
    isComponent: fields['kind'] === 'Component',
    resources: paths(RESOURCES.flatMap(list)),
    files: paths([...FILES.flatMap(list), ...withPath(WITH_PATH), ...openapi]),
    patches: paths(withPath(PATCHES)),
    sources: generators.flatMap(sourcesOf),
    plugins: PLUGINS.flatMap(list).filter((entry) => typeof entry === 'string'),
    hasCharts: CHARTS.some((name) => fields[name] !== undefined),
  };
}

/** The files of a generator, `key=path` or `path`, and of variables. */
function sourcesOf({ files, envs, env }: Fields): string[] {
  const texts = (value: unknown): string[] => paths(Array.isArray(value) ? (value as unknown[]) : [value]);
  return [...texts(files).map((file) => file.slice(file.indexOf('=') + 1)), ...texts(envs), ...texts(env)];
}

function paths(values: readonly unknown[]): string[] {
  return values.filter(
    (value): value is string => typeof value === 'string' && value !== '' && !value.includes('\n'),
  );
}

/**
 * Whether Kustomize would get an entry from another machine, or take it for a repository: it asks that before it looks
 * for a folder of that name. Wide on purpose.
 *
 * Source: `NewRepoSpecFromURL` in `api/internal/git/repospec.go`, and `FileLoader.Load` in
 * `api/internal/loader/fileloader.go`, of kustomize api v0.20.
 */
export function isRemote(entry: string): boolean {
  return /:\/\/|::|^gh:|github\.com|@[^/]*:|\.git(?:[/?]|$)|_git\/|[?&](?:ref|version|timeout|submodules)=/i.test(
    entry,
  );
}
