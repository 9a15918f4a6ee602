import { describeSelector } from '../../lib/graph/describe';
import type { NamingReference, ObjectReference } from '../../lib/graph/reference';
import { references } from '../../lib/graph/references';
import { ManifestSet } from '../../lib/manifest/set';

/**
 * What the first object of some YAML refers to, a line for each reference: `<role> <path> → <kind> <name> <resolution>`,
 * and `<role> <path> → <selector> in <namespaces>: <names>` for one that selects.
 */
export function linesOf(yaml: string): string[] {
  const set = ManifestSet.parse(yaml);
  const [first] = set.manifests;
  if (first === undefined) throw new Error('no object');
  return references(set).from(first).map(line);
}

function line(reference: ObjectReference): string {
  const { role, path } = reference;
  if (reference.type === 'names') return `${role} ${path} → ${targetOf(reference)}`;
  const { selector, namespaces, found } = reference;
  const names = found.map(({ id }) => id.name).join(', ') || 'nothing';
  return `${role} ${path} → ${describeSelector(selector)} in ${namespaces?.join(', ') ?? 'all'}: ${names}`;
}

function targetOf({ target, resolution, optional, part }: NamingReference): string {
  const { group, kind, namespace, name } = target;
  return [
    group === '' ? kind : `${group}/${kind}`,
    namespace === undefined ? name : `${namespace}/${name}`,
    ...(optional ? ['optional'] : []),
    resolution,
    ...(part === undefined ? [] : [partOf(part)]),
  ].join(' ');
}

function partOf({ type, value, path, found, has }: NonNullable<NamingReference['part']>): string {
  const known = found === undefined ? 'unknown' : found ? 'found' : `none of ${has.join(', ')}`;
  return `with ${type} ${value} (${path}): ${known}`;
}
