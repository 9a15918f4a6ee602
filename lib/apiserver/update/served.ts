import { judge } from '../admission/judge';
import { unserved } from '../admission/recognize';
import type { FieldError } from '../admission/review';
import type { KubeObject } from '../../manifest/manifest';
import type { Server } from './kind';

/**
 * The error for an object in a version that the server does not serve: the release has removed it, or its definition does
 * not serve it. The object itself stays in the cluster.
 */
export function unservedError(
  object: KubeObject,
  { kubernetes, definitions }: Server,
): FieldError | undefined {
  const { apiVersion, kind } = object;
  const definition = definitions.find(apiVersion, kind);
  if (definition === undefined) return unserved(apiVersion, kind, kubernetes);
  const version = definition.versions.get(apiVersion.slice(definition.group.length + 1));
  if (version?.served === true) return undefined;
  const { violations } = judge(object, kubernetes, definitions);
  return violations.find(({ reason }) => reason === 'unserved-kind');
}
