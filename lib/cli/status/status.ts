import type { Cluster } from '../../cluster/client/cluster';
import { connect } from '../../cluster/client/connect';
import { selectorOf } from '../../cluster/status/selector';
import type { StatusOptions } from '../../cluster/status/scope';
import { status as statusOf } from '../../cluster/status/status';
import type { ClusterStatus } from '../../cluster/status/types';
import { SeaworthyError } from '../../errors';
import { STATUS_FORMATS } from '../../report/status/formats';
import type { Context } from '../terminal/context';
import { watchStatus } from './watch';

/** The options of `seaworthy status`. */
export interface StatusFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly output?: 'text' | 'json';
  readonly watch?: boolean;
}

/** `seaworthy status`: shows how the workloads in a cluster do. */
export async function status(flags: StatusFlags, context: Context): Promise<number> {
  const options = optionsOf(flags);
  const kubeconfig = flags.kubeconfig ?? context.io.env['KUBECONFIG'] ?? '';
  const cluster = await connect({
    ...(kubeconfig !== '' && { kubeconfig }),
    ...(flags.context !== undefined && { context: flags.context }),
  });
  try {
    const render = rendererOf(cluster, flags, context);
    if (flags.watch === true) return await watchStatus(cluster, options, render, context);
    const found = await statusOf(cluster, options);
    await context.terminal.print(render(found));
    return found.workloads.some(({ state }) => state === 'failed' || state === 'missing') ? 1 : 0;
  } finally {
    cluster.close();
  }
}

/** @throws SeaworthyError USAGE, before a cluster is asked */
function optionsOf({ namespace, allNamespaces, selector }: StatusFlags): StatusOptions {
  if (allNamespaces === true && namespace !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--namespace',
      message: '--namespace and --all-namespaces cannot be combined',
    });
  if (selector !== undefined) selectorOf(selector);
  return {
    ...(namespace !== undefined && { namespace }),
    ...(allNamespaces === true && { allNamespaces }),
    ...(selector !== undefined && { selector }),
  };
}

function rendererOf(
  { name, server, version, namespace }: Cluster,
  flags: StatusFlags,
  { terminal }: Context,
): (status: ClusterStatus) => string {
  const format = STATUS_FORMATS.find((each) => each.name === flags.output) ?? STATUS_FORMATS[0];
  const place = flags.allNamespaces === true ? null : (flags.namespace ?? namespace);
  const cluster = { context: name, server, version };
  return (status) => format.print({ cluster, namespace: place, status }, terminal.out);
}
