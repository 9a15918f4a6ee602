import { chooseApplication } from '../../cluster/owned/applications';
import { readRevision, rollbackTarget } from '../../cluster/revisions/history';
import type { Revision, RevisionState } from '../../cluster/revisions/revision';
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
    const { target, kept } = await rollbackTarget(cluster, application);
    const revision = asked ?? target?.revision;
    if (revision === undefined)
      throw new SeaworthyError({
        code: 'NOT_FOUND',
        place: `application ${application.namespace}/${application.name}`,
        message: 'no other revision was applied before the newest one',
        hint: 'seaworthy history shows the revisions that are kept.',
      });
    const { manifests } = await readRevision(cluster, application, revision);
    const source = { name: `revision ${revision}`, place: application.name, manifests, problems: [] };
    const saysIfThere = thereAlready(revision, kept);
    const options = {
      ...flags,
      ...application,
      origin: source.name,
      ...(saysIfThere !== undefined && { saysIfThere }),
    };
    const release = context.io.holdSignals?.();
    try {
      return await applySource(cluster, source, options, context);
    } finally {
      release?.();
    }
  });
}

/**
 * What to say where the cluster has a revision already, as after a run that failed and was rolled back: that is no new
 * revision. The newest one is applied all the same, since it may have been interrupted.
 */
function thereAlready(revision: number, newestFirst: readonly Revision[]): string | undefined {
  const [newest] = newestFirst;
  if (newest === undefined || newest.revision === revision) return undefined;
  const ends: Partial<Record<RevisionState, string>> = {
    failed: 'failed',
    'rolled-back': 'failed and was rolled back',
  };
  const end = ends[newest.state];
  const failed = end === undefined ? '' : `, since revision ${newest.revision} ${end}`;
  const further = newestFirst.find((each) => each.revision < revision && each.state === 'applied');
  const way = further === undefined ? '' : ` To go back further: seaworthy rollback ${further.revision}.`;
  return `The cluster has revision ${revision} already${failed}: nothing to roll back.${way}`;
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
