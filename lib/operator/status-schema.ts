import type { StructuralSchema } from './schema/schema';
import type { ResourceDefinition } from './types';

const text = (maxLength: number): StructuralSchema => ({ type: 'string', maxLength });

/** @source k8s.io/apimachinery pkg/apis/meta/v1/types.go Condition 1.36 */
const CONDITION: StructuralSchema = {
  type: 'object',
  properties: {
    type: text(316),
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    reason: text(1024),
    message: text(32_768),
    lastTransitionTime: { type: 'string', format: 'date-time' },
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
  },
  required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
};

/** What the operator says of a resource. */
export function statusSchema({ scale }: ResourceDefinition): StructuralSchema {
  return {
    type: 'object',
    properties: {
      observedGeneration: { type: 'integer', format: 'int64' },
      conditions: {
        type: 'array',
        items: CONDITION,
        // Others may add conditions of their own.
        maxItems: 32,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['type'],
      },
      objects: { type: 'integer', format: 'int32' },
      ...(scale !== undefined && {
        replicas: { type: 'integer', format: 'int32' },
        selector: { type: 'string' },
      }),
    },
  };
}
