import { MANAGER } from '../../cluster/apply/types';
import { chooseApplication } from '../../cluster/owned/applications';
import { unfinished } from '../../cluster/owned/unfinished';
import { history as revisionsOf } from '../../cluster/revisions/history';
import { HISTORY_FORMATS } from '../../report/history/formats';
import { inCluster } from '../cluster/session';
import type { ApplicationFlags } from '../options/application';
import type { Context } from '../terminal/context';

/** The options of `seaworthy history`. */
export interface HistoryFlags extends ApplicationFlags {
  readonly output?: string;
}

/** `seaworthy history`: shows what an application was, revision by revision. */
export async function history(flags: HistoryFlags, context: Context): Promise<number> {
  return inCluster(flags, context, async (cluster) => {
    const application = await chooseApplication(cluster, flags);
    const { signal } = context.io;
    const revisions = await revisionsOf(cluster, application, signal);
    const left = await unfinished(cluster, application, { manager: MANAGER, signal });
    const format = HISTORY_FORMATS.find(({ name }) => name === flags.output) ?? HISTORY_FORMATS[0];
    const { name, server, version } = cluster;
    const report = {
      cluster: { context: name, server, version },
      application,
      revisions,
      ...(left && { unfinished: left }),
    };
    await context.terminal.print(format.print(report, context.terminal.out));
    return 0;
  });
}
