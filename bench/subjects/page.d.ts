import type { ResourceDefinition } from '../../lib/operator/types';

/** A kind whose resources are a ConfigMap, a Service and a Deployment without pods. */
export const page: ResourceDefinition;
