import { SeaworthyError } from '../errors';
import type { ResourceDefinition } from './types';

/**
 * Refuses to serve some namespaces only where resources are in none: they render into any namespace, and an operator without
 * permissions there could neither follow nor delete their objects.
 *
 * @param namespaces those that are served
 * @throws SeaworthyError USAGE
 */
export function refuseServedPart(
  definitions: readonly ResourceDefinition[],
  namespaces: readonly string[] = [],
): void {
  const found = definitions.find(({ scope }) => scope === 'Cluster');
  if (found === undefined || namespaces.length === 0) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: 'namespaces',
    message: `Forbidden: resources of ${found.kind}.${found.group} are in no namespace, and may render into any`,
    hint: 'Serve this kind by an operator of its own, for the whole cluster.',
  });
}
