import { isPlainRecord } from '../../../manifest/data';
import type { KubeObject } from '../../../manifest/manifest';

/** What chooses what a server does, by the writing of enums: `LoadBalancer`, `TCP`, `RollingUpdate`. */
const WORD = /^[A-Z][A-Za-z]*$/;

/**
 * An object apart from what its texts and numbers are: two of one shape have the same fields, with as many items, the same
 * switches, and the same words such as `LoadBalancer`.
 */
export function shapeOf(object: KubeObject): string {
  return JSON.stringify(outline(object));
}

function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(outline);
  if (isPlainRecord(value)) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return { fields: sorted.map(([key, each]) => [key, outline(each)]) };
  }
  // An empty text is often as good as none.
  if (typeof value === 'string') return value === '' || WORD.test(value) ? { word: value } : 'text';
  if (typeof value === 'number') return value === 0 ? 0 : 'number';
  return { is: value };
}
