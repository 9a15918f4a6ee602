import { runOperator } from '../../operator/run/run';
import { permittedKinds } from '../../operator/permissions';
import { MACHINE_CLOCK } from '../../operator/run/clock';
import { jsonLog, type LogLevel } from '../../operator/run/log';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';
import { loadOperator } from './load';

/** The options of `seaworthy operator run`. */
export interface RunFlags extends ClusterFlags {
  readonly name?: string;
  readonly namespace?: string;
  readonly serve?: readonly string[];
  readonly concurrency?: number;
  readonly port?: number;
  /** Seconds in which each resource is compared with what the API server has. */
  readonly resync?: number;
  /** Seconds that a construct may take. */
  readonly renderTimeout?: number;
  readonly release?: string;
  readonly leaderElection?: boolean;
  readonly logLevel?: LogLevel;
}

/**
 * `seaworthy operator run`: serves the resources that a module defines, until it is interrupted.
 *
 * @throws SeaworthyError as `loadOperator` and `runOperator` do
 */
export async function run(module: string, flags: RunFlags, { io }: Context): Promise<number> {
  const { definitions, profile, assume } = await loadOperator(module, io.cwd);
  const { name, namespace, serve, concurrency, port, resync, leaderElection, logLevel } = flags;
  const { renderTimeout, release: served } = flags;
  // Without examples nobody knows what it may write: the API server says so.
  const isKnown = definitions.every(({ examples }) => examples.length > 0);
  const permitted = isKnown
    ? permittedKinds(definitions, profile === undefined ? {} : { profile })
    : undefined;
  const end = new AbortController();
  const stop = (): void => end.abort();
  const release = io.holdSignals?.();
  io.signal?.addEventListener('abort', stop, { once: true });
  try {
    await runOperator(definitions, {
      ...clusterOf(flags, io.env),
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(serve !== undefined && { namespaces: serve }),
      ...(concurrency !== undefined && { concurrency }),
      ...(port !== undefined && { port: port === 0 ? false : port }),
      ...(resync !== undefined && { resync: resync * 1000 }),
      ...(renderTimeout !== undefined && { renderTimeout: renderTimeout * 1000 }),
      ...(served !== undefined && { release: served }),
      ...(leaderElection === false && { leaderElection }),
      ...(profile !== undefined && { profile }),
      ...(assume !== undefined && { assume }),
      ...(permitted !== undefined && { permitted }),
      logger: jsonLog(
        (line) => io.stderr.write(line),
        () => MACHINE_CLOCK.now(),
        logLevel,
      ),
      signal: end.signal,
    });
  } finally {
    io.signal?.removeEventListener('abort', stop);
    release?.();
  }
  return 0;
}

function clusterOf(
  { kubeconfig, context }: ClusterFlags,
  env: Readonly<Record<string, string | undefined>>,
): ClusterFlags {
  const file = kubeconfig ?? env['KUBECONFIG'] ?? '';
  return { ...(file !== '' && { kubeconfig: file }), ...(context !== undefined && { context }) };
}
