import type { Reporter } from '../../core/problems';
import type { Reference } from '../../core/reference';
import type { ContainerProps } from '../container/container';
import { sourcesOfEnv } from '../container/env';
import { isMountedVolume, sourcesOfFiles, type MountedVolume } from '../container/files';

/** A Secret that is only there while a pod mounts a volume. */
export interface SyncedSecret extends Reference<'Secret'> {
  /** The volume. */
  readonly mountedBy: MountedVolume;
}

/** Reports Secrets that a pod reads, and that nothing makes before the pod has started, since it does not mount their volume. */
export function checkSyncedSecrets(
  containers: readonly Pick<ContainerProps, 'env' | 'envFrom' | 'files'>[],
  report: Reporter,
): void {
  const files = containers.flatMap((container) => Object.values(container.files ?? {}));
  const mounted = new Set(files.filter(isMountedVolume).map(({ volume }) => JSON.stringify(volume)));
  const sources = containers.flatMap(({ env, envFrom, files }) => [
    ...sourcesOfEnv(env, envFrom),
    ...sourcesOfFiles(files),
  ]);
  const missing = sources
    .filter(isSynced)
    .filter(({ mountedBy }) => !mounted.has(JSON.stringify(mountedBy.volume)));
  for (const name of new Set(missing.map((secret) => secret.name)))
    report({
      code: 'MISSING_PROP',
      path: 'files',
      message: `Required value: Secret "${name}" exists only while a pod mounts its files, and these pods do not`,
      hint: "Mount them: `files: { '/run/secrets/store': store.mount() }`.",
    });
}

function isSynced(reference: Reference): reference is SyncedSecret {
  return 'mountedBy' in reference;
}
