import type { Cluster } from '../../cluster/client/cluster';
import type { KubeObject } from '../../manifest/manifest';
import type { CustomResource, RenderContext, ResourceDefinition } from '../types';
import type { Clock } from './clock';
import type { Result } from './instruments';
import type { Logic } from './logic';
import type { OwnedObjects } from './owned-objects';
import type { Recorder } from './recorder';
import type { ResourceClient } from './resource-client';
import type { Trace } from './trace';

/** What resources of a definition are reconciled with. */
export interface ReconcilerOptions {
  readonly cluster: Cluster;
  readonly definition: ResourceDefinition;
  readonly logic: Logic;
  readonly client: ResourceClient;
  readonly owned: OwnedObjects;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly trace: Trace;
  /** What is known of the cluster while a resource is rendered. */
  readonly context: RenderContext;
  readonly kubernetes: string;
  /** Who serves the resources: `shop-system/shop-operator`. */
  readonly operator: string;
  /** Namespace of records of resources without one. */
  readonly home: string;
  /** Milliseconds that a construct may take. */
  readonly renderTimeout: number;
  /** What is served now: its image, for one. @default not known */
  readonly release?: string | undefined;
  /** Called once it is written down that a construct did not come to its end: the process may be broken by that. */
  readonly onStuck: (resource: CustomResource, message: string) => void;
  /** Called with a resource as it was stored. */
  readonly onStored: (resource: KubeObject) => void;
  readonly onWrite: (what: 'object') => void;
}

/** What a reconcile came to. */
export interface Reconciled {
  readonly result: Result;
  /** Milliseconds after which it is looked at again though nothing has changed. */
  readonly again?: number;
  /** Whether it is tried again after a pause that grows. */
  readonly isFailure?: boolean;
  readonly message?: string;
}
