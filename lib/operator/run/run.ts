import { hostname } from 'node:os';
import { connect } from '../../cluster/client/connect';
import type { ConnectOptions } from '../../cluster/client/options';
import { nextStatus } from '../conditions';
import { decide } from '../decide';
import { render } from '../render';
import type { ResourceDefinition } from '../types';
import { MACHINE_CLOCK } from './clock';
import { Operator } from './operator';
import type { OperatorOptions } from './options';
import { tracing } from './trace';

/** How an operator runs, and in which cluster. */
export interface RunOperatorOptions extends OperatorOptions, ConnectOptions {}

/**
 * Serves resources by their constructs until `signal` ends it: renders each, checks it, and applies what it asks for as an
 * application of its own. Several processes of one name share the work of one: the others wait to take over.
 *
 * @param definitions what `defineResource` made; their CRDs have to be in the cluster, or come
 * @throws SeaworthyError USAGE for no definition, two of one kind, namespaces for one with scope Cluster, or a port that is
 * taken; as `connect` does
 */
export async function runOperator(
  definitions: readonly ResourceDefinition[],
  { kubeconfig, context, ...options }: RunOperatorOptions,
): Promise<void> {
  const cluster = await connect({
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
  });
  try {
    const identity = options.identity ?? ownIdentity();
    const logic = { render, decide, nextStatus };
    const trace = await tracing();
    await new Operator(cluster, definitions, logic, options, { trace, identity }).run();
  } finally {
    cluster.close();
  }
}

/** Of two processes on one host, each has its own id; of one after another with the same, each its time. */
function ownIdentity(): string {
  return `${hostname()}_${process.pid}_${MACHINE_CLOCK.now().toString(36)}`;
}
