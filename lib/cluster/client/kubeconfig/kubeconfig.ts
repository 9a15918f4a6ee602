import { delimiter, join } from 'node:path';
import { SeaworthyError } from '../../../errors';
import type { ConnectOptions } from '../options';
import { accessOf } from './access';
import { readFiles } from './files';
import { inClusterAccess } from './in-cluster';
import type { Access } from './types';

/**
 * The cluster and user that kubectl would take: of the kubeconfig at a path, of KUBECONFIG or `~/.kube/config`, or the
 * service account of the pod. No error shows what stands in a kubeconfig other than names of contexts, clusters and users.
 *
 * @throws SeaworthyError KUBECONFIG_MISSING, KUBECONFIG_INVALID
 */
export function readKubeConfig(
  { kubeconfig, context }: ConnectOptions,
  env: NodeJS.ProcessEnv = process.env,
): Access {
  const own = kubeconfig ?? env['KUBECONFIG'] ?? '';
  if (own !== '' || kubeconfig !== undefined) return accessOf(named(own), context);
  const entries = readFiles(homes(env).map((home) => join(home, '.kube', 'config')));
  const isEmpty = [entries?.clusters, entries?.users, entries?.contexts].every(
    (list) => (list?.size ?? 0) === 0,
  );
  const pod = isEmpty ? inClusterAccess(env) : undefined;
  if (pod !== undefined) return pod;
  if (entries !== undefined) return accessOf(entries, context);
  throw new SeaworthyError({ code: 'KUBECONFIG_MISSING', message: 'no kubeconfig was found', hint: HINT });
}

const HINT = 'Name the file with --kubeconfig or the variable KUBECONFIG, as for kubectl.';

/** The files of a list as KUBECONFIG has it. */
function named(paths: string): NonNullable<ReturnType<typeof readFiles>> {
  const files = paths.split(delimiter).filter((path) => path !== '');
  const entries = readFiles(files);
  if (entries !== undefined) return entries;
  const message = `no such file: ${files.join(', ') || '(no path)'}`;
  throw new SeaworthyError({ code: 'KUBECONFIG_MISSING', place: 'kubeconfig', message, hint: HINT });
}

/** Home folders, of which the first with a kubeconfig counts. Source: k8s.io/client-go util/homedir. */
function homes({ HOME = '', HOMEDRIVE = '', HOMEPATH = '', USERPROFILE = '' }: NodeJS.ProcessEnv): string[] {
  const all = process.platform === 'win32' ? [HOME, HOMEDRIVE + HOMEPATH, USERPROFILE] : [HOME];
  return all.filter((home) => home !== '');
}
