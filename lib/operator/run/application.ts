import { createHash } from 'node:crypto';
import { applySetId } from '../../kube/applyset';
import { shorten } from '../../kube/names';
import { recordId, type AppName } from '../../cluster/owned/record';
import type { KubeMetadata } from '../../manifest/manifest';
import type { CustomResource, DefinitionKey } from '../types';

/** Manager of the fields that an operator writes to the resources that it serves. */
export const OPERATOR_MANAGER = 'seaworthy-operator';

/** Characters of an application's name before its digest: a name has up to 53. */
const SPELLED = 46;

/**
 * The application that the objects of a resource are: `webapp-shop-1f0c3a`, in the resource's namespace, and for one that is in none in
 * that of the operator. The digest tells kinds of one name in two groups apart, and it from what a person applies.
 *
 * @param home the namespace of the record of a resource that is in none
 */
export function applicationOf(
  { group, kind }: DefinitionKey,
  { metadata: { name = '', namespace } }: Pick<CustomResource, 'metadata'>,
  home: string,
): AppName {
  const digest = createHash('sha256')
    .update(JSON.stringify([group, kind, name]))
    .digest('hex')
    .slice(0, 6);
  return { name: `${shorten([kind.toLowerCase(), name], SPELLED)}-${digest}`, namespace: namespace ?? home };
}

/** The value of the label that the objects of an application have. */
export function setIdOf(application: AppName): string {
  return applySetId(recordId(application));
}

/** What a resource is called in keys, logs and revisions: `shop/web`; `acme` for one that is in no namespace. */
export function resourceName({ namespace = '', name = '' }: KubeMetadata): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
