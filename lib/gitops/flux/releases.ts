import type { Problem } from '../../errors';
import { shorten } from '../../kube/names';
import { isPlainRecord } from '../../manifest/data';
import { releaseKey, type HelmRelease } from '../../manifest/helm-release';
import { groupOf, identify, type KubeObject, type Manifest } from '../../manifest/manifest';
import type { PlacedDeployment } from '../target';
import { helmRelease, sourceKey, sourcesOf } from './helm-release';
import type { Included } from './included';
import { refuseSecretValues } from './secret-values';
import type { FluxSettings } from './source';

/** A deployment in which Flux installs the charts. */
export interface WithReleases {
  /** With HelmReleases and their sources instead of the objects of charts. */
  readonly deployment: PlacedDeployment;
  /** The objects that Flux renders of each release, by its name. */
  readonly rendered: ReadonlyMap<string, readonly Manifest[]>;
}

/** Longest name of a HelmRelease: it is the value of a label. */
const NAME_LENGTH = 63;

/**
 * The deployment with a HelmRelease for each chart from a repository, and what these are rendered to. Charts from a folder stay
 * as they are.
 *
 * @param report takes LITERAL_SECRET for a value that is a secret; CONFIG_INVALID for a change that Flux cannot make
 */
export function withReleases(
  deployment: PlacedDeployment,
  settings: FluxSettings,
  report: (problem: Problem) => void,
): WithReleases {
  const all = includedIn(deployment);
  for (const each of all) refuseSecretValues(each, report);
  const names = new Map(all.map(({ release, name }) => [releaseKey(release), name]));
  const sources = sourcesOf(all, settings);
  const written = new Map<Manifest, readonly Manifest[]>();
  for (const each of all) {
    const { release, manifests } = each;
    const source = sources.get(sourceKey(release));
    const object = helmRelease(each, { settings, names, source: source?.object, report });
    const [first] = manifests;
    if (first === undefined) continue;
    const own = source?.release === release ? [source.object, object] : [object];
    written.set(
      first,
      own.map((placed) => manifestFor(placed, each, first)),
    );
  }
  const included = new Set(all.flatMap(({ manifests }) => manifests));
  const definers = definedIn(all);
  const manifests = deployment.manifests.flatMap((manifest) => {
    const own = written.get(manifest);
    if (own !== undefined) return own;
    return included.has(manifest) ? [] : [{ ...manifest, stage: stageOf(manifest, definers) }];
  });
  const rendered = new Map(all.map(({ name, manifests: own }) => [name, own]));
  return all.length === 0 ? { deployment, rendered } : { deployment: { ...deployment, manifests }, rendered };
}

/** In the order of their stages, so that the first release of a repository brings its source. */
function includedIn({ name, manifests }: PlacedDeployment): readonly Included[] {
  const groups = new Map<string, { release: HelmRelease; manifests: Manifest[] }>();
  for (const manifest of manifests) {
    const { release } = manifest;
    if (release?.repository === undefined) continue;
    const group = groups.get(releaseKey(release));
    if (group === undefined) groups.set(releaseKey(release), { release, manifests: [manifest] });
    else group.manifests.push(manifest);
  }
  const all = [...groups.values()];
  return all
    .map(({ release, manifests: own }) => {
      const isTwice = all.filter((each) => each.release.name === release.name).length > 1;
      const parts = [name, ...(isTwice ? [release.namespace ?? 'default'] : []), release.name];
      const stage = Math.max(...own.map((each) => each.stage ?? 0));
      return { release, name: shorten(parts, NAME_LENGTH), manifests: own, stage };
    })
    .sort((a, b) => a.stage - b.stage);
}

/** Stages have room between them, for what has to wait for the definitions of a chart. */
const twice = (stage: number): number => 2 * stage;

/** The stage of the release that brings the definition of a kind. */
function definedIn(all: readonly Included[]): ReadonlyMap<string, number> {
  const stages = new Map<string, number>();
  for (const { manifests, stage } of all)
    for (const { object } of manifests) {
      const { spec } = object;
      if (object.kind !== 'CustomResourceDefinition' || !isPlainRecord(spec)) continue;
      const { group, names } = spec;
      if (typeof group === 'string' && isPlainRecord(names))
        stages.set(`${group}/${String(names['kind'])}`, stage);
    }
  return stages;
}

/** Flux applies a Kustomization at once, and refuses all of it where a kind is not there yet. */
function stageOf({ id, stage = 0 }: Manifest, definers: ReadonlyMap<string, number>): number {
  const defined = definers.get(`${groupOf(id.apiVersion)}/${id.kind}`) ?? -1;
  return stage > defined ? twice(stage) : twice(defined) + 1;
}

function manifestFor(object: KubeObject, { stage }: Included, { origin }: Manifest): Manifest {
  return { object, id: identify(object), stage: twice(stage), ...(origin !== undefined && { origin }) };
}
