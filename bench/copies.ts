/** The apps of this repository, rendered, as often as a benchmark needs objects. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitDocuments } from '../lib/manifest/yaml/emit';
import { parseDocuments } from '../lib/manifest/yaml/parse';
import { ROOT } from './measure';

/** The shop with what scrapes it, and the Online Boutique. */
const APPS = ['dist/shop/production', 'dist/monitoring/production', 'dist/boutique/production'];

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

/**
 * At least `count` objects: all apps again and again, each time in namespaces, on hosts and with cluster-wide names of
 * their own, so that every copy fits together as the apps do.
 */
export function copies(count: number): KubeObject[][] {
  const apps = APPS.flatMap((folder) => read(join(ROOT, folder)));
  const own = new Set(apps.map(({ metadata: { name, namespace = name } }) => namespace));
  const times = Math.ceil(count / apps.length);
  return Array.from({ length: times }, (_, index) => {
    const rename = (text: string): string =>
      own.has(text)
        ? `${text}-${index}`
        : text.replace(/\b(shop|grafana)\.example\b/g, `$1-${index}.example`);
    return apps.map((object) => mapStrings(object, rename) as KubeObject);
  });
}

/** Writes each of `apps` to a file of `folder`. */
export function writeCopies(folder: string, apps: readonly (readonly KubeObject[])[]): void {
  for (const [index, objects] of apps.entries())
    writeFileSync(join(folder, `${index}.yaml`), emitDocuments(objects));
}

/** `apps` with another number of replicas in the first `changes` Deployments: changes that a plan has to look at whole. */
export function changedCopies(apps: readonly (readonly KubeObject[])[], changes: number): KubeObject[][] {
  let left = changes;
  return apps.map((objects) =>
    objects.map((object) => (left > 0 && object.kind === 'Deployment' ? (left--, scaled(object)) : object)),
  );
}

function scaled(object: KubeObject): KubeObject {
  const { spec } = object as KubeObject & { readonly spec: object };
  return { ...object, spec: { ...spec, replicas: 9 } } as KubeObject;
}

function read(path: string): KubeObject[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return files
    .flatMap((file) => parseDocuments(readFileSync(file, 'utf8')))
    .map(({ value }) => value as KubeObject);
}

function mapStrings(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, rename)]));
}
