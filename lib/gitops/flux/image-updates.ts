import { parseImage } from '../../kube/image';
import { isEncrypted } from '../../manifest/encrypted';
import type { KubeObject } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import { isReleaseBefore } from '../../profiles/installed';
import { imageName, mapContainerImages } from '../container-images';
import { isJob } from '../jobs';
import type { PlacedDeployment, TargetInput } from '../target';
import type { FluxSettings } from './source';

/** How far Flux goes: the operator of a range of versions. */
const RANGES = { patch: '~', minor: '^', major: '>=' } as const;

export type ImageUpdates = keyof typeof RANGES;

/** An image that Flux updates. */
interface UpdatedImage {
  readonly name: string;
  /** Of its ImagePolicy, which others may share. */
  readonly policy: string;
  readonly range: string;
  readonly hasDigest: boolean;
}

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** A version as Flux compares them: with all three numbers. One with a suffix such as `-alpine` is none that has a next one. */
const VERSION = /^v?\d+\.\d+\.\d+$/;

/**
 * The images of a deployment that Flux updates, by how the code has them.
 *
 * Left out are images whose tag is no version, and those of Jobs, which are immutable.
 *
 * Source: "Image Policies" of Flux, and `version` of fluxcd/pkg.
 */
export function updatedImages(
  { name, manifests }: PlacedDeployment,
  updates: ImageUpdates | undefined,
): ReadonlyMap<string, UpdatedImage> {
  if (updates === undefined) return new Map();
  const references = new Set(manifests.flatMap(({ object }) => imagesIn(object)));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const found = new Map<string, UpdatedImage>();
  for (const reference of [...references].sort()) {
    const { tag = '', digest } = parseImage(reference) ?? {};
    if (!VERSION.test(tag)) continue;
    const image = imageName(reference);
    const range = `${RANGES[updates]}${tag.replace(/^v/, '')}`;
    const hasDigest = digest !== undefined;
    const key = JSON.stringify([image, range, hasDigest]);
    const policy = names.get(key) ?? unused(`${name}-${lastPart(image)}`, taken);
    names.set(key, policy);
    taken.add(policy);
    found.set(reference, { name: image, policy, range, hasDigest });
  }
  return found;
}

function imagesIn(object: KubeObject): readonly string[] {
  const found: string[] = [];
  if (isMarked(object))
    mapContainerImages(object, LISTS, (image) => {
      found.push(image);
      return image;
    });
  return found;
}

function isMarked(object: KubeObject): boolean {
  return !isJob(object) && !isEncrypted(object);
}

/** The end of an image's name, as a part of the name of an object. */
function lastPart(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/[^a-z0-9]+/g, '-');
}

function unused(name: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(number === 1 ? name : `${name}-${number}`)) number++;
  return number === 1 ? name : `${name}-${number}`;
}

/** Stands in an image for its marker until the line is known. */
const MARK = '.seaworthy-marker-';

/**
 * An object as YAML, with a comment on the line of each updated image, by which Flux finds it.
 *
 * Source: "Image Update Automations" of Flux, and `internal/update` of its image-automation-controller: the marker is a JSON
 * comment on the line of the value.
 */
export function withMarkers(
  object: KubeObject,
  images: ReadonlyMap<string, UpdatedImage>,
  namespace: string,
): string {
  const text = emitYaml(object);
  if (images.size === 0 || !isMarked(object)) return text;
  const policies: string[] = [];
  const marked = mapContainerImages(object, LISTS, (image) => {
    const found = images.get(image);
    return found === undefined ? image : `${image}${MARK}${policies.push(found.policy) - 1}`;
  });
  if (policies.length === 0) return text;
  // The same lines, of which those of the images differ.
  const lines = emitYaml(marked).split('\n');
  return text
    .split('\n')
    .map((line, index) => {
      const number = lines[index] === line ? undefined : lines[index]?.split(MARK)[1];
      const policy = number === undefined ? undefined : policies[Number.parseInt(number, 10)];
      return policy === undefined ? line : `${line} # {"$imagepolicy": "${namespace}:${policy}"}`;
    })
    .join('\n');
}

/**
 * The objects of a deployment by which Flux updates its images: what it scans, which version it takes, and what commits that to a
 * branch of its own, since the next synth writes what the code says.
 *
 * Source: "Image Repositories", "Image Policies" and "Image Update Automations" of Flux, API versions v1beta2 and v1.
 */
export function imageObjects(
  { name, profile }: PlacedDeployment,
  images: ReadonlyMap<string, UpdatedImage>,
  path: string,
  { namespace, interval }: FluxSettings,
): readonly KubeObject[] {
  if (images.size === 0) return [];
  const apiVersion = `image.toolkit.fluxcd.io/${isReleaseBefore(profile, 'flux', '2.7') ? 'v1beta2' : 'v1'}`;
  const object = (kind: string, own: string, spec: object): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: own, namespace },
    spec,
  });
  const policies = [...new Map([...images.values()].map((each) => [each.policy, each])).values()];
  // The first policy of an image lends its name to what scans it.
  const scanned = new Map<string, string>();
  for (const each of policies) if (!scanned.has(each.name)) scanned.set(each.name, each.policy);
  return [
    ...[...scanned].map(([image, own]) => object('ImageRepository', own, { image, interval })),
    ...policies.map((each) =>
      object('ImagePolicy', each.policy, {
        imageRepositoryRef: { name: scanned.get(each.name) },
        policy: { semver: { range: each.range } },
        ...(each.hasDigest && { digestReflectionPolicy: 'IfNotPresent' }),
      }),
    ),
    object('ImageUpdateAutomation', name, {
      interval,
      sourceRef: { kind: 'GitRepository', name },
      git: {
        commit: { author: { name: 'Flux', email: 'fluxcdbot@users.noreply.github.com' } },
        push: { branch: `flux-image-updates-${name}` },
      },
      update: { strategy: 'Setters', path },
    }),
  ];
}

/** @param report takes CONFIG_INVALID where there is no repository to commit to */
export function imageUpdatesOf(
  { options, report }: TargetInput,
  { kind }: FluxSettings,
): ImageUpdates | undefined {
  const updates = options['imageUpdates'] as ImageUpdates | undefined;
  if (updates !== undefined && kind !== 'GitRepository')
    report({
      code: 'CONFIG_INVALID',
      path: 'seaworthy.targets.flux.imageUpdates',
      message: 'Flux updates images in a git repository only',
      hint: 'Leave out imageUpdates, or source: oci.',
    });
  return updates;
}
