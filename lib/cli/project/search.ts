import { dirname, join } from 'node:path';
import { ROOT, strangers, SYSTEM, type Owners } from './owners';

const NAME = 'cdk8s.yaml';

/** What a search for a project found. */
export interface Search {
  /** Absolute path of the cdk8s.yaml to use. @default there is none */
  readonly file?: string;
  /** Nearer ones that belong to somebody else. */
  readonly refused: readonly NotUsed[];
  /** The nearest one behind the end of the search, where no other was found. */
  readonly beyond?: NotUsed;
}

/** A cdk8s.yaml that is not used. */
export interface NotUsed {
  readonly file: string;
  /** Such as `it belongs to another user (uid 1002)`. */
  readonly reason: string;
}

/**
 * The nearest cdk8s.yaml in `folder` or above it. The file names code that runs, so the search ends at the top of the
 * repository, and before the first folder above of another owner: what others leave in `/tmp` or in a shared folder is
 * not used, nor is a file or a link of theirs in a folder that anybody can write to.
 */
export function searchConfig(folder: string, owners: Owners = SYSTEM): Search {
  const refused: NotUsed[] = [];
  const strangersAt = strangers(folder, owners);
  let end: string | undefined;
  for (let here = folder; ; here = dirname(here)) {
    const file = join(here, NAME);
    if (owners.of(file).length > 0) {
      if (end !== undefined) return { refused, beyond: { file, reason: end } };
      const stranger = strangersAt(file).find((owner) => owner !== ROOT);
      if (stranger === undefined) return { file, refused };
      refused.push({ file, reason: `it belongs to another user (uid ${stranger})` });
    }
    const above = dirname(here);
    if (above === here) return { refused };
    if (owners.of(join(here, '.git')).length > 0) end ??= `it is outside of the repository at ${here}`;
    const [stranger] = holdsOwnRepository(above, owners) ? [] : strangersAt(above);
    if (stranger !== undefined) end ??= `${above} belongs to another user (uid ${stranger})`;
  }
}

/**
 * Whether the user made a repository of a folder. Where a job runs in a container, the runner makes the folder of the
 * checkout, and root all that is in it.
 */
function holdsOwnRepository(folder: string, owners: Owners): boolean {
  const found = owners.of(join(folder, '.git'));
  return found.length > 0 && found.every((owner) => owner === owners.user);
}
