import type { KubeConfig } from '@kubernetes/client-node';
import { SeaworthyError } from '../../errors';

/**
 * The client of Kubernetes: an optional peer of this package, since most users never talk to a cluster from here, and it
 * takes half a second to load.
 *
 * @throws SeaworthyError CLIENT_MISSING
 */
export async function loadKubeConfig(): Promise<typeof KubeConfig> {
  try {
    return (await import('@kubernetes/client-node')).KubeConfig;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new SeaworthyError({
      code: 'CLIENT_MISSING',
      message: 'the package @kubernetes/client-node, which talks to clusters, is not installed',
      hint: 'Install it: npm install --save-dev @kubernetes/client-node@1.4',
    });
  }
}
