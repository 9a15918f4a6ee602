import { entriesOf, itemKey, itemsOf, partSchema, viewOf } from '../../apiserver/apply/parts';
import { lastApplied } from '../../apiserver/patch/last-applied';
import { ownValue } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { child, item } from '../../manifest/path';
import type { Part } from './walk';

/**
 * Fields that were applied, that the manifest has, and that the cluster no longer has: somebody removed them, and nobody
 * manages what is not there. Known where kubectl noted what it applied, or a revision did.
 */
export function removedFields(before: KubeObject, recorded: KubeObject | undefined, whole: Part): Part[] {
  const found = new Map<string, Part>();
  for (const applied of [lastApplied(before), recorded])
    for (const part of applied === undefined ? [] : missing(applied, whole)) found.set(part.path, part);
  return [...found.values()];
}

function* missing(applied: unknown, part: Part): Generator<Part> {
  const { path, was, now, said, schema } = part;
  if (applied === undefined || said === undefined || now === undefined) return;
  if (was === undefined) {
    yield part;
    return;
  }
  const view = viewOf(schema, said);
  if (view === 'map')
    for (const [key, value] of entriesOf(applied))
      yield* missing(value, {
        path: child(path, key),
        was: ownValue(was, key),
        now: ownValue(now, key),
        said: ownValue(said, key),
        schema: partSchema(schema, key),
      });
  if (view !== 'list' || schema.type !== 'list') return;
  const same = (list: unknown, id: string): number =>
    itemsOf(list).findIndex((each) => itemKey(schema, each) === id);
  for (const value of itemsOf(applied)) {
    const id = itemKey(schema, value);
    const at = (list: unknown): unknown => itemsOf(list)[same(list, id)];
    const place = item(path, Math.max(0, same(now, id)));
    yield* missing(value, {
      path: place,
      was: at(was),
      now: at(now),
      said: at(said),
      schema: schema.items,
    });
  }
}
