import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Scope } from '../kinds';
import { software, type Software } from './software';
import { readVersion, type KnownVersion, type Node } from './version';

/**
 * A set of definitions that a software comes with. Only the Gateway API has two: the experimental one has more kinds and
 * fields.
 */
export type Channel = 'standard' | 'experimental';

/** A custom kind of well-known software, as its releases define it. */
export interface KnownKind {
  readonly software: Software;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: Scope;
  /** Every release that is known here, oldest first, with what it defines; the newest one has the last word. */
  readonly releases: readonly KnownRelease[];
}

/** What one release of a software defines of a kind. */
export interface KnownRelease {
  /** Its minor release: `2.18`. */
  readonly release: string;
  /** By name; empty where the release does not have the kind. The same object in releases that do not differ. */
  readonly versions: ReadonlyMap<string, KnownVersion>;
}

/** Written by scripts/custom/generate.ts, whose README.md describes it. */
interface SoftwareData {
  readonly kinds: Readonly<Record<string, KindData>>;
  readonly experimental?: Readonly<Record<string, KindData>>;
  readonly nodes: readonly Node[];
}

interface KindData {
  readonly plural: string;
  readonly scope: Scope;
  /** By the release that changed them; null where it removed the kind. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, number>> | null>>;
}

const loaded = new Map<Software, SoftwareData>();
const known = new Map<string, KnownKind | undefined>();

/** The software that defines kinds of `group`. */
const byGroup: ReadonlyMap<string, readonly Software[]> = groupsOfSoftware();

/**
 * The kind `kind` of `group` as well-known software defines it; `undefined` for one that is not known. Its data is read on
 * the first call.
 *
 * @param channel of the Gateway API
 */
export function knownKind(
  group: string,
  kind: string,
  channel: Channel = 'experimental',
): KnownKind | undefined {
  const candidates = byGroup.get(group);
  if (candidates === undefined) return undefined;
  const key = `${channel} ${group}/${kind}`;
  if (!known.has(key))
    known.set(key, candidates.map((each) => read(each, group, kind, channel)).find(isThere));
  return known.get(key);
}

/** The latest of `releases` that is not newer than `release`: what a patch release, or one that changed nothing, is. */
export function releaseOf({ releases }: KnownKind, release: string): KnownRelease | undefined {
  return releases.findLast((each) => compareReleases(each.release, release) <= 0);
}

/** The order of two releases such as `0.9` and `0.10`. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => each.replace(/^v/, '').split('.').map(Number));
  for (const index of [0, 1]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function groupsOfSoftware(): Map<string, Software[]> {
  const groups = new Map<string, Software[]>();
  for (const [name, facts] of Object.entries(software))
    for (const group of facts.groups) groups.set(group, [...(groups.get(group) ?? []), name as Software]);
  return groups;
}

function read(name: Software, group: string, kind: string, channel: Channel): KnownKind | undefined {
  const { kinds, experimental, nodes } = dataOf(name);
  const found = (channel === 'standard' ? kinds : (experimental ?? kinds))[`${group}/${kind}`];
  if (found === undefined) return undefined;
  const { plural, scope, versions } = found;
  let last: KnownRelease['versions'] = new Map();
  const releases = software[name].releases.map((release): KnownRelease => {
    const changed = versions[release];
    if (changed === null) last = new Map();
    else if (changed !== undefined)
      last = new Map(Object.entries(changed).map(([each, number]) => [each, readVersion(nodes, number)]));
    return { release, versions: last };
  });
  return { software: name, group, kind, plural, scope, releases };
}

function dataOf(name: Software): SoftwareData {
  let data = loaded.get(name);
  if (data === undefined) {
    data = JSON.parse(readData(join(__dirname, 'data', `${name}.json`))) as SoftwareData;
    loaded.set(name, data);
  }
  return data;
}

/** The text of a file of data, which the package holds compressed. */
function readData(file: string): string {
  const compressed = `${file}.gz`;
  return existsSync(compressed)
    ? gunzipSync(readFileSync(compressed)).toString('utf8')
    : readFileSync(file, 'utf8');
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
