import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { configMapKey } from '../../kube/names';
import type { Reporter } from '../core/problems';
import type { Shape, Shapes } from '../core/shape';
import { anyOf, mapOf, text } from '../core/shapes';

/** A path, relative to the current folder, or a `file:` URL. */
export type FilePath = string | URL;

/** Where the content of a ConfigMap or Secret comes from. */
export interface ContentProps {
  /** Values by key. @default none */
  readonly data?: Readonly<Record<string, string>>;
  /** Bytes by key. @default none */
  readonly binaryData?: Readonly<Record<string, Uint8Array>>;
  /** Files by key, kept byte for byte. @default none */
  readonly files?: Readonly<Record<string, FilePath>>;
  /**
   * A folder with all files below it. A file in a subfolder has the key `sub__file`, since keys have no slashes, and
   * appears at `sub/file` where the whole object is mounted. @default none
   */
  readonly directory?: FilePath;
}

const bytes: Shape<Uint8Array> = { expected: 'a Uint8Array', takes: types.isUint8Array };

const url: Shape<URL> = { expected: 'a URL', takes: (value) => value instanceof URL };

export const filePath = anyOf<FilePath>([text, url]);

export const CONTENT_SHAPES: Shapes<ContentProps> = {
  data: mapOf(text, "{ LEVEL: 'info' }"),
  binaryData: mapOf(bytes, '{ logo: readFileSync(…) }'),
  files: mapOf(filePath, "{ 'app.conf': 'config/app.conf' }"),
  directory: filePath,
};

/** Contents by key, as they were read. */
export interface Content {
  readonly values: ReadonlyMap<string, string | Uint8Array>;
  /** The path below a folder, for keys that are not their own path; empty where all are. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Largest sum of the values of one object (core/v1 MaxSecretSize, which holds for ConfigMaps too). */
const LARGEST = 1024 * 1024;

/** Reads everything that `props` names; reports what cannot be read. */
export function readContent(props: ContentProps, report: Reporter): Content {
  const values = new Map<string, string | Uint8Array>();
  const paths = new Map<string, string>();
  const put = (key: string, value: string | Uint8Array, path: string): void => {
    const wrong = configMapKey(key);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path, message: `Invalid value: "${key}": ${wrong}` });
    if (values.has(key)) report({ code: 'DUPLICATE_NAME', path, message: `Duplicate value: "${key}"` });
    values.set(key, value);
  };
  for (const [key, value] of Object.entries(props.data ?? {})) put(key, value, `data.${key}`);
  for (const [key, value] of Object.entries(props.binaryData ?? {})) put(key, value, `binaryData.${key}`);
  for (const [key, path] of Object.entries(props.files ?? {})) {
    const bytes = attempt(() => readFileSync(path), `files.${key}`, report);
    if (bytes !== undefined) put(key, bytes, `files.${key}`);
  }
  if (props.directory !== undefined) {
    const files = readDirectory(props.directory, report);
    if (files?.length === 0)
      report({ code: 'INPUT_UNREADABLE', path: 'directory', message: 'the folder has no files' });
    for (const [path, bytes] of files ?? []) {
      const key = path.replaceAll('/', '__');
      if (key !== path) paths.set(key, path);
      put(key, bytes, `directory/${path}`);
    }
  }
  checkSize(values, report);
  if (paths.size > 0) for (const key of values.keys()) if (!paths.has(key)) paths.set(key, key);
  return { values, paths };
}

/**
 * Files below `directory` by their path with forward slashes, sorted so that no file system's order shows; nothing where it
 * cannot be read.
 */
function readDirectory(directory: FilePath, report: Reporter): [string, Uint8Array][] | undefined {
  const root = directory instanceof URL ? fileURLToPath(directory) : directory;
  const names = attempt(
    () => readdirSync(root, { recursive: true, withFileTypes: true }),
    'directory',
    report,
  );
  if (names === undefined) return undefined;
  const files = names
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return files.flatMap((path) => {
    const bytes = attempt(() => readFileSync(join(root, path)), `directory/${path}`, report);
    return bytes === undefined ? [] : [[path, bytes]];
  });
}

function attempt<T>(read: () => T, path: string, report: Reporter): T | undefined {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    report({
      code: 'INPUT_UNREADABLE',
      path,
      message,
      hint: 'Paths are relative to the folder that the app runs in.',
    });
    return undefined;
  }
}

function checkSize(values: Content['values'], report: Reporter): void {
  let size = 0;
  for (const value of values.values()) size += Buffer.byteLength(value);
  if (size <= LARGEST) return;
  const message = `Too long: ${size} bytes; one object may hold ${LARGEST}`;
  report({
    code: 'INVALID_PROP',
    path: 'data',
    message,
    hint: 'Split it, or move it to a volume or into the image.',
  });
}

/** `value` as text; `undefined` where it is not valid UTF-8. A byte order mark is kept. */
export function asText(value: string | Uint8Array): string | undefined {
  if (typeof value === 'string') return value;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return undefined;
  }
}
