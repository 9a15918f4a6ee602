import type { ResourceDefinition } from '../../lib/operator/types';

/** A kind whose resources are a ConfigMap, a Service and a Deployment without pods; a bare one is the ConfigMap alone. */
export const page: ResourceDefinition;
