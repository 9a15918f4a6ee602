import { configMapKey } from '../../../kube/names';
import { relativePathProblem } from '../../../kube/mount';
import type { VolumeSource, Volumes } from '../pod/volumes';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { isRecord, nonEmpty, optional, integer } from '../../core/props';
import type { Checksummed, KeyReference, Reference } from '../../core/reference';
import {
  configurationOf,
  isKeyReference,
  isReference,
  KEY_REFERENCE,
  referenceShape,
} from '../../core/reference';
import { anyOf, flag, forms, kubernetesObject, list, mapOf, number, record, text } from '../../core/shapes';
import type { Mount } from './mount';

/** A ConfigMap or Secret as a folder of files, in detail. */
export interface FilesFrom {
  /** The ConfigMap or Secret. */
  readonly from: Reference;
  /** Which keys, and the path of each below the folder. @default every key under its own name */
  readonly items?: Readonly<Record<string, string>>;
  /** Permission bits of the files, such as `0o400`. @default 0o644, set by the API server */
  readonly mode?: number;
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

/** A token of the pod's ServiceAccount for a service that checks tokens. */
export interface TokenFile {
  /** The token. */
  readonly token: {
    /** File name below the folder. */
    readonly path: string;
    /** Audience of the token. @default the API server */
    readonly audience?: string;
    /** Seconds that a token is valid, at least 600. @default 3600, set by the API server */
    readonly expiration?: number;
  };
}

/** Fields of the pod as files: `{ fields: { labels: 'metadata.labels' } }`. */
export interface FieldFiles {
  /** Field of the pod by file name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A volume whose files are its own, as `mount()` of a SecretsStore gives it. It is read-only. */
export interface MountedVolume {
  /** The source of the volume. */
  readonly volume: VolumeSource;
}

/**
 * What appears at a path: a ConfigMap or Secret is a folder with a file for each key, one of its keys is that file, and
 * a list is one folder with the files of all sources.
 *
 * A single file does not change while the pod runs, even where its source does (`subPath`); a folder does.
 */
export type Files =
  | Reference
  | FilesFrom
  | KeyReference
  | MountedVolume
  | readonly (Reference | FilesFrom | TokenFile | FieldFiles)[];

const FROM = record<FilesFrom>({
  from: referenceShape,
  items: mapOf(text, "{ LEVEL: 'level.txt' }"),
  mode: number,
  optional: flag,
});

const TOKEN = record<TokenFile['token']>(
  { path: text, audience: text, expiration: number },
  { words: { expirationSeconds: '`expiration`' } },
);

const VOLUME = record<MountedVolume>({ volume: kubernetesObject });

const WORDS = {
  configMap: "`existing('ConfigMap', name)`",
  secret: "`existing('Secret', name)`",
  serviceAccountToken: '`token`',
  downwardAPI: '`fields`',
  projected: 'a list of the sources',
};

const SOURCE = anyOf<Reference | FilesFrom | TokenFile | FieldFiles>([
  referenceShape,
  forms<FilesFrom | TokenFile | FieldFiles>(
    {
      from: FROM,
      token: record<TokenFile>({ token: TOKEN }),
      fields: record<FieldFiles>({ fields: mapOf(text, "{ labels: 'metadata.labels' }") }),
    },
    WORDS,
  ),
]);

/** What appears at each path. */
export const FILES = mapOf(
  anyOf<Files>(
    [
      list(SOURCE),
      referenceShape,
      forms<KeyReference | FilesFrom | MountedVolume>(
        { of: KEY_REFERENCE, from: FROM, volume: VOLUME },
        WORDS,
      ),
    ],
    {
      expected: 'a ConfigMap, a Secret, one of their keys, or a list of them',
      hint: 'Volumes go under `storage`.',
    },
  ),
  "{ '/etc/app': settings }",
);

/** The mount at `mountPath`, and its volume among `volumes`. */
export function renderFiles(mountPath: string, files: Files, volumes: Volumes, report: Reporter): Mount {
  if (isList(files)) {
    if (files.length === 0)
      report({ code: 'MISSING_PROP', message: 'Required value: a folder needs at least one source' });
    const sources = files.map((source, index) => renderProjection(source, below(`[${index}]`, report)));
    const name = volumes.nameFor(lastSegment(mountPath), { projected: { sources } });
    return { name, mountPath, readOnly: true };
  }
  if (isKeyReference(files)) return renderFile(mountPath, files, volumes, report);
  if (isMountedVolume(files))
    return { name: volumes.nameFor(lastSegment(mountPath), files.volume), mountPath, readOnly: true };
  const folder = readFolder(files);
  const name = volumes.nameFor(volumeName(folder.from), renderFolder(folder, report));
  return { name, mountPath, readOnly: true };
}

export function isMountedVolume(files: Files): files is MountedVolume {
  return !isList(files) && 'volume' in files && !isReference(files);
}

function isList(files: Files): files is Extract<Files, readonly unknown[]> {
  return Array.isArray(files);
}

function renderFile(mountPath: string, file: KeyReference, volumes: Volumes, report: Reporter): Mount {
  const wrong = configMapKey(file.key);
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', message: `Invalid value: "${file.key}": ${wrong}` });
  const source = renderFolder({ from: file.of, ...optional('optional', file.optional) }, report);
  const subPath = pathsOf(file.of)?.get(file.key) ?? file.key;
  return { name: volumes.nameFor(volumeName(file.of), source), mountPath, subPath, readOnly: true };
}

/** The source in detail. */
function readFolder(files: Reference | FilesFrom): FilesFrom {
  return isReference(files) ? { from: files } : files;
}

function renderFolder(folder: FilesFrom, report: Reporter): VolumeSource {
  const { from, mode, optional: mayMiss } = folder;
  const common = {
    ...renderItems(folder, report),
    ...optional('defaultMode', integer(mode, 'mode', 0, report, 0o777)),
    ...optional('optional', mayMiss),
  };
  return configurationOf(from, report) === 'ConfigMap'
    ? { configMap: { name: from.name, ...common } }
    : { secret: { secretName: from.name, ...common } };
}

function renderProjection(source: Reference | FilesFrom | TokenFile | FieldFiles, report: Reporter): object {
  if ('token' in source) return renderToken(source, below('token', report));
  if ('fields' in source) return renderFields(source, below('fields', report));
  const folder = readFolder(source);
  if (folder.mode !== undefined)
    report({
      code: 'INVALID_PROP',
      path: 'mode',
      message: 'Forbidden: the sources of a list share one folder and have no mode of their own',
    });
  const { from, optional: mayMiss } = folder;
  const common = { name: from.name, ...renderItems(folder, report), ...optional('optional', mayMiss) };
  return configurationOf(from, report) === 'ConfigMap' ? { configMap: common } : { secret: common };
}

/** Source: ServiceAccountTokenProjection of core/v1, and its validation. */
function renderToken({ token }: TokenFile, report: Reporter): object {
  const { path, audience, expiration } = token;
  checkPath(path, 'path', report);
  const expirationSeconds = integer(expiration, 'expiration', 600, report);
  const rest = { ...optional('audience', audience), ...optional('expirationSeconds', expirationSeconds) };
  return { serviceAccountToken: { path, ...rest } };
}

function renderFields({ fields }: FieldFiles, report: Reporter): object {
  const items = Object.entries(fields).map(([path, fieldPath]) => {
    checkPath(path, path, report);
    return { path, fieldRef: { fieldPath } };
  });
  return { downwardAPI: { items } };
}

function checkPath(path: string, place: string, report: Reporter): void {
  const wrong = relativePathProblem(path);
  if (wrong !== undefined)
    report({ code: 'INVALID_PROP', path: place, message: `Invalid value: "${path}": ${wrong}` });
}

/** `items`, where the files are not all called by their keys. */
function renderItems({ from, items }: FilesFrom, report: Reporter): { items?: readonly object[] } {
  const chosen = items === undefined ? pathsOf(from) : new Map(Object.entries(items));
  if (chosen === undefined) return {};
  const list = [...chosen].map(([key, path]) => {
    checkPath(path, `items.${key}`, report);
    return { key, path };
  });
  return nonEmpty('items', list);
}

function pathsOf(from: Reference): ReadonlyMap<string, string> | undefined {
  const { paths } = from as Checksummed;
  return paths !== undefined && paths.size > 0 ? paths : undefined;
}

/** A name that does not change with the content: that of the construct, where there is one. */
function volumeName(from: Reference): string {
  const { stableName } = from as { readonly stableName?: unknown };
  return typeof stableName === 'string' ? stableName : from.name;
}

function lastSegment(path: string): string {
  return path.split('/').filter(Boolean).pop() ?? 'files';
}

/** Every ConfigMap and Secret that the files come from. */
export function sourcesOfFiles(files: Readonly<Record<string, Files>> = {}): readonly Reference[] {
  return Object.values(files)
    .flatMap((entry): unknown => entry)
    .flatMap((entry) => {
      if (isKeyReference(entry)) return [entry.of];
      if (isReference(entry)) return [entry];
      return isRecord(entry) && isReference(entry['from']) ? [entry['from']] : [];
    });
}
