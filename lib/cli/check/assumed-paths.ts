import { resolve } from 'node:path';
import type { CheckConfig } from '../project/check-section';
import type { SettingFlags } from './flags';

/** The files and folders with what a cluster has already: those of cdk8s.yaml, then those of the command line. */
export function assumedPaths(
  key: 'assume' | 'crds',
  config: CheckConfig | undefined,
  flags: SettingFlags,
  { root, cwd }: { readonly root: string; readonly cwd: string },
): string[] {
  return [
    ...(config?.[key] ?? []).map((path) => resolve(root, path)),
    ...(flags[key] ?? []).map((path) => resolve(cwd, path)),
  ];
}
