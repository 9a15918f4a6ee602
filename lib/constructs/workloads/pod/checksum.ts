import { createHash } from 'node:crypto';
import type { ContainerProps } from '../container/container';
import { sourcesOfEnv } from '../container/env';
import { sourcesOfFiles } from '../container/files';
import type { Checksummed } from '../../core/reference';

/** The annotation with the checksum of configuration under stable names, so that the pods are rolled out when it changes. */
export const CHECKSUM_ANNOTATION = 'seaworthy.dev/config-checksum';

/** One hash over the content under stable names that the containers read; `undefined` where there is none. */
export function configChecksum(
  containers: readonly Pick<ContainerProps, 'env' | 'envFrom' | 'files'>[],
): string | undefined {
  const checksums = new Map<string, string>();
  for (const { env, envFrom, files } of containers) {
    for (const source of [...sourcesOfEnv(env, envFrom), ...sourcesOfFiles(files)]) {
      const { checksum } = source as Checksummed;
      if (checksum !== undefined) checksums.set(`${source.kind}/${source.name}`, checksum);
    }
  }
  if (checksums.size === 0) return undefined;
  const text = [...checksums]
    .map(([name, checksum]) => `${name}=${checksum}`)
    .sort()
    .join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
