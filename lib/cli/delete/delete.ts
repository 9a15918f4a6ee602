import { namedBy, refuseMisspelledNames } from '../../cluster/apply/named';
import { MANAGER } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { chooseApplication } from '../../cluster/owned/applications';
import { deleteApplication, type DeletePlan } from '../../cluster/owned/delete';
import type { HeldObject } from '../../cluster/owned/remove';
import { formatId } from '../../manifest/manifest';
import { DELETE_FORMATS, deletePlanText } from '../../report/delete/formats';
import { confirmed, refuseUnattended } from '../apply/confirm';
import { inCluster } from '../cluster/session';
import type { ApplicationFlags } from '../options/application';
import type { Context } from '../terminal/context';

/** The options of `seaworthy delete`. */
export interface DeleteFlags extends ApplicationFlags {
  readonly yes?: boolean;
  readonly allowDataLoss?: readonly string[];
  /** Milliseconds. */
  readonly timeout?: number;
  readonly output?: string;
}

/**
 * `seaworthy delete`: deletes the objects of an application, and waits until they are gone.
 *
 * @returns 1 if something is not gone, or it was not confirmed, else 0
 */
export async function deleteApp(flags: DeleteFlags, context: Context): Promise<number> {
  refuseUnattended({ ...(flags.yes !== undefined && { yes: flags.yes }) }, context);
  const mayLose = namedBy(flags.allowDataLoss ?? [], 'allowDataLoss');
  return inCluster(flags, context, async (cluster) => {
    const application = await chooseApplication(cluster, flags);
    const { io, terminal } = context;
    const release = io.holdSignals?.();
    try {
      const result = await deleteApplication(cluster, {
        ...application,
        manager: MANAGER,
        mayLose,
        onMembers: (ids) => refuseMisspelledNames(flags.allowDataLoss ?? [], 'allowDataLoss', ids),
        confirm: (plan) => decide(plan, cluster, flags, context),
        ...(flags.timeout !== undefined && { timeout: flags.timeout }),
        onGone: (id) => terminal.say(`deleted  ${formatId(id)}`),
        onHeld: (held) => tellHeld(held, context),
        signal: io.signal,
      });
      const format = DELETE_FORMATS.find(({ name }) => name === flags.output) ?? DELETE_FORMATS[0];
      const { name, server, version } = cluster;
      const report = { cluster: { context: name, server, version }, application, result };
      await terminal.print(format.print(report, terminal.out));
      // The command ends as the signal asks, once it has told how far it came.
      if (result.outcome === 'interrupted') io.signal?.throwIfAborted();
      return result.outcome === 'deleted' ? 0 : 1;
    } finally {
      release?.();
    }
  });
}

function tellHeld(held: readonly HeldObject[], { terminal }: Context): void {
  for (const { id, reason } of held) terminal.say(`waiting  ${formatId(id)}: ${reason}`);
}

async function decide(
  plan: DeletePlan,
  cluster: Cluster,
  { yes, output }: DeleteFlags,
  context: Context,
): Promise<boolean> {
  const { terminal } = context;
  const text = deletePlanText(plan);
  if (output === 'json') terminal.report(text.trimEnd());
  else await terminal.print(text, '\n');
  return yes === true || confirmed(`Delete this from ${cluster.name || cluster.server}?`, context);
}
