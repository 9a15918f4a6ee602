import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { keeping } from '../../kube/deployers/kept';
import type { KubeObject } from '../../manifest/manifest';
import { plain } from '../../manifest/plain';

const kept = new WeakSet<IConstruct>();

/**
 * Keeps the objects of `construct`, and of everything below it, in the cluster when they are no longer rendered, or when
 * the whole application is deleted: annotations tell Argo CD, Helm and Flux. Whatever else deletes them still can.
 *
 * @param construct any construct, of ours, of cdk8s or of anybody
 */
export function keep(construct: IConstruct): void {
  kept.add(construct);
  for (const each of construct.node.findAll()) if (ApiObject.isApiObject(each)) keepForeign(each);
}

/** Whether an object is to stay in the cluster: it, or something that it is in. */
function isKept(object: IConstruct): boolean {
  for (let at: IConstruct | undefined = object; at !== undefined; at = at.node.scope)
    if (kept.has(at)) return true;
  return false;
}

/** `rendered` with the annotations that keep it, where `object` is to stay in the cluster. */
export function renderKept(object: IConstruct, rendered: KubeObject): KubeObject {
  if (!isKept(object)) return rendered;
  const { metadata } = rendered;
  return plain({ ...rendered, metadata: { ...metadata, annotations: keeping(metadata.annotations) } });
}

const wrapped = new WeakSet<ApiObject>();

/** cdk8s's own synth renders an object by its `toJson`. */
function keepForeign(object: ApiObject): void {
  if ('override' in object || wrapped.has(object)) return;
  wrapped.add(object);
  const toJson = object.toJson.bind(object);
  object.toJson = () => renderKept(object, toJson() as KubeObject);
}
