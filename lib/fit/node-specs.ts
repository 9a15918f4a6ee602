import { checkedSet, type ManifestSet } from '../manifest/set';
import { Field } from '../manifest/field';
import { kindKey } from '../graph/objects';
import type { NodeImage, NodeSpec } from './node-spec';

/**
 * The Node objects of a set, such as `ManifestSet.parse` makes of what `kubectl get nodes -o yaml` prints, as nodes for
 * `fit`.
 *
 * @throws SeaworthyError NOT_AN_OBJECT for what is no set
 */
export function nodeSpecs(set: ManifestSet): NodeSpec[] {
  return checkedSet(set, 'set')
    .filter((manifest) => kindKey(manifest) === '/Node')
    .manifests.map(({ object, id }) => specOf(Field.root(object), id.name));
}

function specOf(root: Field, name: string): NodeSpec {
  const [spec, status] = [root.child('spec'), root.child('status')];
  return {
    name,
    labels: root.at('metadata', 'labels').labels,
    allocatable: Object.fromEntries(
      status.child('allocatable').entries.map(({ name: resource, value }) => [resource, String(value)]),
    ),
    taints: spec.list('taints').map((taint) => ({
      key: taint.child('key').text,
      value: taint.child('value').text,
      effect: taint.child('effect').text,
    })),
    unschedulable: spec.child('unschedulable').isTrue,
    images: status.list('images').map((image): NodeImage => ({
      names: image.child('names').texts,
      sizeBytes: image.child('sizeBytes').number,
    })),
  };
}
