import { isPlainRecord } from './data';
import type { Manifest } from './manifest';

/** The group and kind that a CustomResourceDefinition defines: `example.com/Widget`. */
export function definedKind({ object }: Manifest): string {
  const spec = isPlainRecord(object['spec']) ? object['spec'] : {};
  const names = isPlainRecord(spec['names']) ? spec['names'] : {};
  return `${String(spec['group'])}/${String(names['kind'])}`;
}
