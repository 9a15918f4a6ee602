import { nearest, SeaworthyError, type Problem } from '../errors';
import { zoneOf } from './zones';
import type { NodeFacts } from './state/node';

/**
 * The nodes that are left without some nodes and zones.
 *
 * @throws SeaworthyError NOT_FOUND
 */
export function nodesLeft(nodes: readonly NodeFacts[], without: readonly string[]): NodeFacts[] {
  const names = (node: NodeFacts): string[] => [node.name, zoneOf(node) ?? node.name];
  refuseUnknown(without, new Set(nodes.flatMap(names)), { place: 'without', what: 'node or zone' });
  return nodes.filter((node) => !names(node).some((name) => without.includes(name)));
}

/**
 * Refuses names that nothing has.
 *
 * @throws SeaworthyError NOT_FOUND
 */
export function refuseUnknown(
  names: readonly string[],
  known: ReadonlySet<string>,
  { place, what }: { readonly place: string; readonly what: string },
): void {
  const [first, ...others] = names
    .filter((name) => !known.has(name))
    .map((name): Problem => {
      const near = nearest(name, known);
      const hint = near === undefined ? `Name a ${what} of the cluster.` : `Did you mean ${near}?`;
      return { code: 'NOT_FOUND', place, message: `no ${what} is called "${name}"`, hint };
    });
  if (first !== undefined) throw new SeaworthyError(first, ...others);
}
