import { requiredNodes } from '../pods/node-requirement';
import { nodeKeyOf } from '../pods/read-shape';
import type { PodShape } from '../pods/shape';
import { Field } from '../../manifest/field';
import type { PlainRecord } from '../../manifest/data';

/** What a change is about. */
export type ChangeKind =
  | 'requests'
  | 'toleration'
  | 'node-selector'
  | 'node-affinity'
  | 'host-port'
  | 'spread'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'nodes';

/** One thing to change. */
export interface FitChange {
  readonly kind: ChangeKind;
  /** To do, as a sentence without its full stop: `request 200m less cpu: 800m`. */
  readonly text: string;
}

/** A change of the pods of a workload, and what they are then. */
export interface Step extends FitChange {
  readonly shape: PodShape;
}

/** A shape with other fields, told from the old one by filters of single nodes. */
export function changed(shape: PodShape, fields: Partial<PodShape>): PodShape {
  const next = { ...shape, ...fields };
  return { ...next, nodeKey: nodeKeyOf(next) };
}

/** A shape with another spec, as far as it is about labels of nodes. */
export function withSpec(shape: PodShape, fields: PlainRecord): PodShape {
  const spec = Field.root({ ...shape.spec.record, ...fields });
  return changed(shape, { spec, takesNode: requiredNodes(spec) });
}
