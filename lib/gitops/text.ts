import type { KubeObject } from '../manifest/manifest';
import { emitYaml } from '../manifest/yaml/emit';

/** The text of a file with objects: a YAML document each. */
export function textOf(
  content: readonly KubeObject[] | string,
  emit: (object: KubeObject) => string = emitYaml,
): string {
  return typeof content === 'string' ? content : content.map(emit).join('---\n');
}
