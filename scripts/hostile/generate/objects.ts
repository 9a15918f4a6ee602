/** Objects of every built-in kind, and real ones with a few changes. */
import {
  kinds,
  kindSchema,
  releases,
  type KindVersion,
  type KubernetesRelease,
} from '../../../lib/kube/schema';
import { setOwn, type PlainRecord } from '../../../lib/manifest/data';
import { corpus } from '../corpus';
import type { Random } from '../random';
import { changedValue } from './changes';
import { customResource, definition } from './definitions';
import { policy } from './policies';
import { stringFor, stringOf } from './strings';
import { anything, structOf } from './values';

export function object(random: Random, release: KubernetesRelease): unknown {
  return random.weighted<unknown>([
    [45, () => typed(random, release)],
    [35, () => changedValue(random.pick(corpus().objects), random)],
    [7, () => definition(random)],
    [7, () => policy(random)],
    [4, () => customResource(random)],
    [2, () => anything(random, 3)],
  ]);
}

/** The newest release more often than the others. */
export function releaseFor(random: Random): KubernetesRelease {
  return random.chance(60) ? (releases.at(-1) ?? releases[0]) : random.pick(releases);
}

const served = new Map<KubernetesRelease, readonly KindVersion[]>();

function kindsOf(release: KubernetesRelease): readonly KindVersion[] {
  let found = served.get(release);
  if (found === undefined) served.set(release, (found = kinds(release)));
  return found;
}

/** An object of a built-in kind: most decode, so that their values are validated too. */
export function typed(random: Random, release: KubernetesRelease): PlainRecord {
  const { apiVersion, kind } = random.pick(kindsOf(release));
  const schema = kindSchema(release, apiVersion, kind);
  const limits = { nodes: 15 + random.below(50), wrong: random.pick([0, 0, 0, 0, 0.5, 3]) };
  const value = schema === undefined ? {} : structOf(schema, random, limits);
  return { ...value, apiVersion, kind, metadata: metadata(random) };
}

/** Names repeat, so that objects of one set have to do with each other. */
const NAMES = ['a', 'b', 'web'];

export function metadata(random: Random): unknown {
  if (random.chance(1)) return anything(random, 2);
  const made: PlainRecord = { name: random.chance(85) ? random.pick(NAMES) : stringFor('name', random) };
  if (random.chance(50))
    made['namespace'] = random.chance(85) ? random.pick(['default', 'shop']) : stringOf('name', random);
  if (random.chance(30)) made['labels'] = stringsByKey(random);
  if (random.chance(30)) made['annotations'] = stringsByKey(random);
  if (random.chance(8)) made[random.pick(EXTRA)] = anything(random, 2);
  return made;
}

const EXTRA = [
  'generateName',
  'ownerReferences',
  'finalizers',
  'managedFields',
  'creationTimestamp',
  'uid',
  'generation',
  'selfLink',
  'deletionTimestamp',
  'resourceVersion',
];

function stringsByKey(random: Random): PlainRecord {
  const map: PlainRecord = {};
  for (const key of random.times(0, 3, () => stringOf('key', random)))
    setOwn(map, key, random.chance(95) ? stringFor(key, random) : anything(random, 1));
  return map;
}
