import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeaworthyError } from '../errors';
import type { ClusterProfile } from '../profiles/cluster-profile';
import type { Manifest, Origin, Suppression } from '../manifest/manifest';

/** The file in which cdk8s records for its validation plugins which construct created which object. */
const NAME = 'construct-metadata.json';

/** The metadata of one object in a file. */
export interface RecordedObject {
  readonly origin?: Origin;
  readonly suppressions?: readonly Suppression[];
}

/** What one app wrote: the objects of each file in their order, and the profiles of its clusters. */
export interface RecordedApp {
  readonly clusters: Readonly<Record<string, ClusterProfile>>;
  readonly files: Readonly<Record<string, readonly RecordedObject[]>>;
}

/** cdk8s's own record, by object name, and ours in addition. */
interface ConstructMetadata {
  readonly version: '1.0.0';
  readonly resources: Readonly<Record<string, { readonly path: string }>>;
  /** By the name of the app; `''` for one that has none. */
  readonly seaworthy: Readonly<Record<string, RecordedApp>>;
}

/**
 * Records which construct and which line created each object, and keeps what other apps recorded before.
 *
 * @param files the path of each file below `outdir`, with its manifests
 */
export function recordConstructs(
  outdir: string,
  app: string,
  files: ReadonlyMap<string, readonly Manifest[]>,
  clusters: ReadonlyMap<string, ClusterProfile>,
): void {
  const path = join(outdir, NAME);
  const before = readMetadata(path);
  const recorded: RecordedApp = {
    clusters: Object.fromEntries(clusters),
    files: Object.fromEntries([...files].map(([file, manifests]) => [file, manifests.map(recordedObject)])),
  };
  const paths = [...files.values()].flat().flatMap(({ id, origin }) => {
    return origin?.construct === undefined ? [] : [[id.name, { path: origin.construct }] as const];
  });
  const metadata: ConstructMetadata = {
    version: '1.0.0',
    resources: { ...before?.resources, ...Object.fromEntries(paths) },
    seaworthy: { ...before?.seaworthy, [app]: recorded },
  };
  writeFileSync(path, JSON.stringify(metadata));
}

/**
 * What our apps recorded about `file`, or about other files in its output folder.
 *
 * @returns the folder that paths are relative to, and the apps; `undefined` if none of our apps wrote there
 */
export function recordedConstructs(
  file: string,
): { readonly outdir: string; readonly apps: readonly RecordedApp[] } | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, NAME);
    if (existsSync(path)) {
      const apps = readMetadata(path)?.seaworthy;
      return apps && { outdir: folder, apps: Object.values(apps) };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** What the apps that wrote to a folder recorded there, cdk8s's own and ours. */
export interface Recorded {
  /** Path of the construct of an object, by the name of the object. */
  readonly constructs: ReadonlyMap<string, string>;
  readonly apps: readonly RecordedApp[];
}

/** The record in `outdir`; empty if there is none. */
export function recordedIn(outdir: string): Recorded {
  const { resources = {}, seaworthy = {} } = readMetadata(join(outdir, NAME)) ?? {};
  const constructs = Object.entries(resources).map(([name, { path }]) => [name, path] as const);
  return { constructs: new Map(constructs), apps: Object.values(seaworthy) };
}

function recordedObject({ origin, suppressions }: Manifest): RecordedObject {
  return { ...(origin !== undefined && { origin }), ...(suppressions !== undefined && { suppressions }) };
}

function readMetadata(path: string): Partial<ConstructMetadata> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<ConstructMetadata>;
  } catch {
    const hint = 'Remove it: the next synth writes it anew.';
    throw new SeaworthyError({ code: 'INPUT_UNREADABLE', place: path, message: 'invalid JSON', hint });
  }
}
