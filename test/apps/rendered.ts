import type { AppResult } from 'seaworthy';
import { HOST, ManifestSet } from 'seaworthy';

/** Runs the main file of an application anew, as the command line would, and takes what it synthesizes. */
export function rendered(name: string): ManifestSet {
  const results: AppResult[] = [];
  const host = globalThis as { [HOST]?: unknown };
  host[HOST] = { receive: (result: AppResult) => results.push(result) };
  try {
    // A main file acts when it is loaded: a second run takes a second load.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    jest.isolateModules(() => void require(`../../apps/${name}/main`));
  } finally {
    delete host[HOST];
  }
  expect(results.map((result) => result.name)).toEqual([name]);
  return ManifestSet.from(results.flatMap(({ manifests }) => manifests));
}
