import type { KubeObject, Manifest } from '../../manifest/manifest';
import { isInstalled } from '../../profiles/installed';
import { deployerFolder, pathInSource } from '../deployer';
import { filesOf } from '../files';
import { refuseLost } from '../lost';
import { ownedFields } from '../owned-fields';
import type { PlacedDeployment, Render, TargetFile, TargetInput } from '../target';
import { textOf } from '../text';
import { wavesOf } from '../waves';
import { kustomization, type Wave } from './kustomization';
import { imageObjects, imageUpdatesOf, updatedImages, withMarkers, type ImageUpdates } from './image-updates';
import { forFlux } from './objects';
import { withReleases } from './releases';
import { settingsOf, sourceNamed, type FluxSettings } from './source';

/**
 * For Flux: the manifests, and in `clusters/<environment>/` what the Flux of each cluster reads, a source and a Kustomization
 * for each wave.
 */
export const render: Render = (input) => {
  const settings = settingsOf(input);
  const updates = imageUpdatesOf(input, settings);
  const clusters = deployerFolder('flux/clusters', input);
  return input.deployments.flatMap((given) => {
    requireFlux(given, input);
    const { deployment, rendered } =
      input.options['helmReleases'] === true
        ? withReleases(given, settings, input.report)
        : { deployment: given, rendered: new Map<string, readonly Manifest[]>() };
    refuseLost(deployment.manifests, input.report);
    const hasRendered = rendered.size > 0;
    return [
      ...filesFor(deployment, clusters, { ...settings, updates, hasRendered }, input),
      ...renderedFiles(given, rendered),
    ];
  });
};

/** What Flux renders, for reviews and `plan`: no Kustomization has this folder. */
function renderedFiles(
  { folder, environment }: PlacedDeployment,
  rendered: ReadonlyMap<string, readonly Manifest[]>,
): TargetFile[] {
  return [...rendered].map(([name, manifests]) => ({
    path: `${folder}/rendered/${name}.yaml`,
    ...(environment !== undefined && { environment }),
    content: manifests.map(({ object }) => object),
  }));
}

/** How the files of a deployment are written. */
interface FluxFiles extends FluxSettings {
  readonly updates: ImageUpdates | undefined;
  /** Whether its folder has others than those of its waves. */
  readonly hasRendered: boolean;
}

function filesFor(
  deployment: PlacedDeployment,
  clusters: string,
  { updates, hasRendered, ...settings }: FluxFiles,
  input: TargetInput,
): TargetFile[] {
  const { name, app = 'app', environment, artifact } = deployment;
  const about = environment === undefined ? {} : { environment };
  const found = artifact === undefined ? {} : { url: artifact.url, revision: artifact.tag };
  const parts = partsOf(deployment, { ...settings, hasRendered }, input);
  const images = updatedImages(deployment, updates);
  const path = `./${pathInSource(deployment, input)}`;
  const own: TargetFile = {
    path: `${clusters}/${environment ?? 'default'}/${app}.yaml`,
    ...about,
    content: [
      sourceNamed(name, { ...settings, ...found }),
      ...parts.map(({ wave }) => kustomization(name, wave, settings)),
      ...imageObjects(deployment, images, path, settings),
    ],
  };
  const files = parts.flatMap(({ folder, wave }) =>
    [...filesOf({ ...deployment, manifests: wave.manifests }, input.placement, false)].map(
      ([path, manifests]): TargetFile => ({
        path: `${folder}/${path}`,
        ...about,
        content: contentOf(manifests.map(forFlux), images, settings.namespace),
      }),
    ),
  );
  return [own, ...files];
}

/** Objects as they are, or as a text where a comment has to be in it. */
function contentOf(
  objects: readonly KubeObject[],
  images: ReturnType<typeof updatedImages>,
  namespace: string,
): readonly KubeObject[] | string {
  if (images.size === 0) return objects;
  return textOf(objects, (object) => withMarkers(object, images, namespace));
}

/** The waves of a deployment, each with its folder; a single one is in the folder of the deployment, where that has no others. */
function partsOf(
  deployment: PlacedDeployment,
  { kind, hasRendered }: Pick<FluxFiles, 'kind' | 'hasRendered'>,
  { repository }: TargetInput,
): readonly { readonly folder: string; readonly wave: Wave }[] {
  const byWave = new Map<number, Manifest[]>();
  const waves = wavesOf(deployment);
  for (const manifest of deployment.manifests) {
    const wave = waves.get(manifest) ?? 0;
    byWave.set(wave, [...(byWave.get(wave) ?? []), manifest]);
  }
  const owned = ownedFields(deployment);
  const isOne = byWave.size === 1;
  const nameOf = (wave: number): string => (isOne ? deployment.name : `${deployment.name}-${wave}`);
  return [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([number, manifests]) => {
      const folder = isOne && !hasRendered ? deployment.folder : `${deployment.folder}/wave-${number}`;
      const keys = new Set(manifests.map(({ object }) => object));
      // The artifact of a whole output begins there, a repository at its top.
      const path = kind === 'OCIRepository' ? '' : repository.path;
      const wave: Wave = {
        name: nameOf(number),
        after: number === 0 ? undefined : nameOf(number - 1),
        path: `./${pathInSource(deployment, { repository: { path } }, folder)}`,
        manifests,
        owned: owned.filter(({ manifest }) => keys.has(manifest.object)),
      };
      return { folder, wave };
    });
}

/** Flux runs in the cluster that it deploys to. */
function requireFlux({ name, environment, profile }: PlacedDeployment, { report }: TargetInput): void {
  if (environment === undefined || isInstalled(profile, 'flux')) return;
  report({
    code: 'CONFIG_INVALID',
    place: name,
    path: 'profile.installed',
    message: `Required value: Flux in the cluster of "${environment}"`,
    hint: "Add 'flux' to what is installed in its profile, or limit the target: flux: { environments: […] }.",
  });
}
