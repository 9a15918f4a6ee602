import type { Construct } from 'constructs';
import { configMapKey } from '../../kube/names';
import { firstOf } from '../core/props';
import type { Reporter } from '../core/problems';
import { report } from '../core/problems';
import type { KeyReference } from '../core/reference';
import type { FilesFrom } from '../workloads/container/files';

/** How a Secret appears as a folder of files, apart from the Secret itself. */
export type MountedKeys = Omit<FilesFrom, 'from'>;

/** The keys of a construct as a set, which is made once for all that are asked for. */
const sets = new WeakMap<Construct, ReadonlySet<string>>();

/** One key of the Secret `name` that `construct` leads to; reports one that it does not have. `keys` stay the same. */
export function secretKey(
  construct: Construct & { readonly name: string },
  keys: () => Iterable<string>,
  key: string,
  options: { readonly optional?: boolean },
): KeyReference {
  const known = sets.get(construct) ?? new Set(keys());
  sets.set(construct, known);
  if (!known.has(key)) {
    const message = `unknown key; it has ${firstOf(known)}`;
    report(construct, { code: 'INVALID_PROP', path: `key('${key}')`, message });
  }
  return { of: { kind: 'Secret', name: construct.name }, key, ...options };
}

/** Reports keys that a Secret cannot have, and that there is none. @param article such as `an ExternalSecret` */
export function checkKeys(keys: Readonly<Record<string, unknown>>, article: string, report: Reporter): void {
  if (Object.keys(keys).length === 0)
    report({ code: 'MISSING_PROP', path: 'keys', message: `Required value: ${article} needs a key` });
  for (const key of Object.keys(keys)) {
    const wrong = configMapKey(key);
    if (wrong !== undefined)
      report({ code: 'INVALID_NAME', path: `keys.${key}`, message: `Invalid value: "${key}": ${wrong}` });
  }
}
