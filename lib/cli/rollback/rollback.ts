import { chooseApplication } from '../../cluster/owned/applications';
import { history, previousRevision, readRevision } from '../../cluster/revisions/history';
import { SeaworthyError } from '../../errors';
import { applySource } from '../apply/apply';
import { refuseUnattended } from '../apply/confirm';
import type { ApplyFlags } from '../apply/flags';
import { inCluster } from '../cluster/session';
import type { Context } from '../terminal/context';

/**
 * `seaworthy rollback`: applies an earlier revision of an application, as `seaworthy apply` does.
 *
 * @returns 1 if something is refused or failed, or was not confirmed, else 0
 */
export async function rollback(
  number: string | undefined,
  flags: ApplyFlags,
  context: Context,
): Promise<number> {
  refuseUnattended(flags, context);
  const asked = number === undefined ? undefined : revisionNumber(number);
  return inCluster(flags, context, async (cluster) => {
    const application = await chooseApplication(cluster, flags);
    const revision = asked ?? previousRevision(await history(cluster, application))?.revision;
    if (revision === undefined)
      throw new SeaworthyError({
        code: 'NOT_FOUND',
        place: `application ${application.namespace}/${application.name}`,
        message: 'no revision was applied before the newest one',
        hint: 'seaworthy history shows the revisions that are kept.',
      });
    const { manifests } = await readRevision(cluster, application, revision);
    const source = { name: `revision ${revision}`, place: application.name, manifests, problems: [] };
    const release = context.io.holdSignals?.();
    try {
      return await applySource(cluster, source, { ...flags, ...application, origin: source.name }, context);
    } finally {
      release?.();
    }
  });
}

/** @throws SeaworthyError USAGE */
function revisionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new SeaworthyError({
    code: 'USAGE',
    path: 'revision',
    message: `expected the number of a revision, got '${text}'`,
    hint: 'seaworthy history shows the revisions that are kept.',
  });
}
