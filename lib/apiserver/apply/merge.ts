import type { ListSchema, Schema } from '../../kube/schema';
import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from './parts';

/**
 * `config` merged into `live` as in server-side apply: maps by key, lists by the keys of their items, and other values
 * as a whole.
 *
 * @source sigs.k8s.io/structured-merge-diff/v6 typed/merge.go mergingWalker.doMap, mergingWalker.visitListItems 1.36
 */
export function merge(live: unknown, config: unknown, schema: Schema): unknown {
  if (config === undefined) return live;
  if (live === undefined) return config;
  const view = viewOf(schema, config ?? live);
  if (view === 'list' && schema.type === 'list') return mergeLists(live, config, schema);
  if (view === 'map' && viewOf(schema, live) === 'map') return mergeMaps(live, config, schema);
  return config;
}

function mergeMaps(live: unknown, config: unknown, schema: Schema): unknown {
  const [ours, theirs] = [new Map(entriesOf(config)), new Map(entriesOf(live))];
  // Among empty, null and absent, the applied value wins.
  if (ours.size === 0 && theirs.size === 0) return config;
  const keys = new Set([...theirs.keys(), ...ours.keys()]);
  return Object.fromEntries(
    [...keys].map((key) => [key, merge(theirs.get(key), ours.get(key), partSchema(schema, key))]),
  );
}

/** An item of a list with its key, and the other list's item for that key. */
interface Item {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Items in both lists are merged, in the order of `config`; items only in `live` stay before the items that follow
 * them.
 */
function mergeLists(live: unknown, config: unknown, schema: ListSchema): unknown {
  const [ours, theirs] = [itemsOf(config), itemsOf(live)].map((items) =>
    items.map((value): Item => ({ key: itemKey(schema, value), value })),
  ) as [Item[], Item[]];
  if (ours.length === 0 && theirs.length === 0) return config;
  const [inConfig, inLive] = [ours, theirs].map(
    (items) => new Map(items.map(({ key, value }) => [key, value])),
  ) as [Map<string, unknown>, Map<string, unknown>];
  const shared = ours.filter(({ key }) => inLive.has(key)).map(({ key }) => key);
  const merged: unknown[] = [];
  const done = new Set<string>();
  const take = ({ key, value }: Item): void => {
    done.add(key);
    merged.push(merge(inLive.get(key), value, schema.items));
  };

  let [left, right, next] = [0, 0, 0];
  while (left < theirs.length || right < ours.length) {
    const [their, our] = [theirs[left], ours[right]];
    if (their !== undefined && our !== undefined) {
      if (their.key === our.key) {
        take(our);
        [left, right, next] = [left + 1, right + 1, next + 1];
        continue;
      }
      // A shared item that comes later in `config`: it is added then.
      if (inConfig.has(their.key) && next < shared.length && shared[next] !== their.key) {
        left++;
        continue;
      }
    }
    if (their !== undefined) {
      if (!inConfig.has(their.key)) {
        merged.push(their.value);
        left++;
        continue;
      }
      if (done.has(their.key)) left++;
    }
    if (our !== undefined) {
      take(our);
      right++;
      if (shared[next] === our.key) next++;
    }
  }
  return merged;
}
