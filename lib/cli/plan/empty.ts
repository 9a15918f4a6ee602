import { SeaworthyError } from '../../errors';
import { counted } from '../../report/counts';
import type { PlanFlags } from './flags';
import type { Comparison, Side } from './side';

/**
 * Refuses a new side without any object, which would delete all others: mostly a render that failed, or the wrong folder.
 * `kubectl apply` refuses it, too.
 *
 * @throws SeaworthyError INPUT_UNREADABLE, unless `--allow-empty` says that this is meant, or something could not be read
 */
export function refuseEmpty({ before, after, problems = [] }: Comparison, { allowEmpty }: PlanFlags): void {
  const [old, now] = [before, after].map(sizeOf);
  if (allowEmpty === true || problems.length > 0 || now !== 0 || old === undefined || old === 0) return;
  throw new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: after.name,
    message: `no Kubernetes objects found: ${counted(old, 'object')} of ${before.name} would be deleted`,
    hint: 'If that is meant, use --allow-empty.',
  });
}

function sizeOf({ places }: Side): number {
  return [...places.values()].reduce((sum, manifests) => sum + manifests.length, 0);
}
