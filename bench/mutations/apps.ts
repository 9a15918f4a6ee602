import { ManifestSet } from 'seaworthy';
import { installHost, type AppResult } from '../../lib/host';

/** What one environment of an app is made of, by `<app>/<environment>`; an app without environments is one by itself. */
export type Places = ReadonlyMap<string, ManifestSet>;

/** Secrets that the clusters of the shop have, and that their app does not make. */
export const EXISTING = ManifestSet.of(
  ['ghcr-login', 'docker-hub-login'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'shop' },
  })),
);

/**
 * The objects of `apps/` and of the platform beside it, with constructs and source lines, as the command line would
 * take them.
 *
 * @param load loads the module of an app anew, which makes it synthesize
 */
export function renderedPlaces(load: (module: string) => void): Places {
  const results: AppResult[] = [];
  const removeHost = installHost({ receive: (result) => results.push(result) });
  try {
    for (const module of ['../../apps/main', './platform']) load(module);
  } finally {
    removeHost();
  }
  return new Map(results.flatMap(placesOf));
}

function placesOf({ name = '', manifests, clusters }: AppResult): [string, ManifestSet][] {
  const set = ManifestSet.from(manifests, new Map(Object.entries(clusters)));
  const { environments } = set;
  return environments.length === 0
    ? [[name, set]]
    : environments.map((environment): [string, ManifestSet] => [
        `${name}/${environment}`,
        set.in(environment),
      ]);
}
