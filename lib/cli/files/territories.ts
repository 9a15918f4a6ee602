import { relative } from 'node:path';
import type { Cluster } from '../../graph/cluster';
import type { Manifest } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { ParseOptions } from '../../manifest/yaml/parse';
import { layout } from '../../output/layout';
import { rendered } from '../../output/render';
import { beginning } from './places';
import { namedFrom } from './sources';
import type { Project } from '../project/project';
import { generationsOf, layoutOptions } from '../run/layout';
import type { Result } from '../run/results';

/** The known facts about the cluster of a place. */
export interface ClusterFacts {
  /** The profile of the environment, if the app has one. */
  readonly profile?: Cluster['profile'];
  /** The release in the section `check` of cdk8s.yaml, which overrides the profile's. */
  readonly kubernetes?: string;
}

/** Documents that were parsed before, by their text. */
export type Known = NonNullable<ParseOptions['known']>;

/** What an app synthesizes for one cluster, and where its files are written. */
export interface Territory {
  /** `shop/production`, `production`, `shop`, or `''`. */
  readonly place: string;
  /** Absolute folder of the output. */
  readonly output: string;
  /** The prefix of its files' paths: `shop/production/`, or `''` for all files that belong to no other territory. */
  readonly prefix: string;
  readonly environment?: string;
  /** The known facts about the cluster. */
  readonly facts: ClusterFacts;
  /** The objects as written. */
  readonly manifests: readonly Manifest[];
  /** How many former generations its output keeps. */
  readonly keep: number;
}

/** The territories of a run, in the order of its apps. */
export function territoriesOf(results: readonly Result[], project: Project): Territory[] {
  const kubernetes = project.check?.kubernetes;
  const release = kubernetes === undefined ? {} : { kubernetes };
  return results.flatMap((result) => {
    const output = result.outdir ?? project.output;
    if (result.files !== undefined)
      return [{ ...whole(result), output, prefix: '', facts: release, keep: 0 }];
    return [...prefixes(result, project)].map(([environment, prefix]): Territory => {
      const profile = environment === undefined ? undefined : result.clusters[environment];
      const place = [result.name, environment].filter((name) => name !== undefined && name !== '').join('/');
      return {
        place,
        output,
        prefix,
        ...(environment !== undefined && { environment }),
        facts: { ...(profile !== undefined && { profile }), ...release },
        keep: generationsOf(result, project),
        manifests: result.manifests
          .filter(({ origin }) => origin?.environment === environment)
          .map((manifest) => ({ ...manifest, object: rendered(manifest, layoutOptions(result, project)) })),
      };
    });
  });
}

function whole({ name, manifests }: Result): Pick<Territory, 'place' | 'manifests'> {
  return { place: name ?? '', manifests };
}

/** The environments of an app, and the prefixes of their files' paths. */
function prefixes(result: Result, project: Project): Map<string | undefined, string> {
  const isNamed = result.name !== undefined && result.name !== '';
  const found = new Map<string | undefined, string>();
  for (const [path, [first]] of layout(result.manifests, layoutOptions(result, project))) {
    const environment = first?.origin?.environment;
    const depth = Number(isNamed) + Number(environment !== undefined);
    if (!found.has(environment)) found.set(environment, beginning(path, depth));
  }
  return found;
}

/** The documents that `territories` would be written as, so that files with the same text need not be parsed. */
export function documentsOf(territories: readonly Territory[]): Known {
  const known: Known = new Map();
  for (const { manifests } of territories) {
    for (const { object } of manifests) known.set(emitYaml(object), [{ value: object, line: 1 }]);
  }
  return known;
}

/**
 * The place that the file at `path` of an output belongs to: that of the territory with the prefix of its path, else
 * its folder, which belongs to a removed environment or app.
 */
export function placeIn(territories: readonly Territory[], output: string): (path: string) => string {
  const own = territories.filter((territory) => territory.output === output);
  const byPrefix = [...own].sort((a, b) => b.prefix.length - a.prefix.length);
  const depth = Math.max(1, ...own.map(({ prefix }) => prefix.split('/').length - 1));
  return (path) =>
    byPrefix.find(({ prefix }) => path.startsWith(prefix))?.place ?? beginning(path, depth).slice(0, -1);
}

/** Territories whose code locations are relative to the folder where the command runs. */
export function namedFromHere(territories: readonly Territory[], root: string, cwd: string): Territory[] {
  if (relative(root, cwd) === '') return [...territories];
  const moved = (manifest: Manifest): Manifest => {
    const { origin } = manifest;
    if (origin?.source === undefined) return manifest;
    return { ...manifest, origin: { ...origin, source: namedFrom(cwd, `${root}/${origin.source}`) } };
  };
  return territories.map((territory) => ({ ...territory, manifests: territory.manifests.map(moved) }));
}
