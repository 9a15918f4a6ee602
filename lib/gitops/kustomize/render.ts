import { posix } from 'node:path';
import type { Problem } from '../../errors';
import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { filesOf } from '../files';
import { baseFolder } from '../folder';
import type { PlacedDeployment, Placement, Render, TargetFile, TargetInput } from '../target';
import { refuseLost } from '../lost';
import type { Operation } from './json-patch';
import { kustomizationText } from './kustomization';
import { sharedBy } from './shared';

const WITHOUT_OVERLAYS: Problem = {
  code: 'CONFIG_INVALID',
  path: 'seaworthy.targets.kustomize.patches',
  message: 'patches need overlays, in which they stand',
  hint: 'Set overlays: true, too, or leave out patches.',
};

/** A kustomization in the folder of each environment; with `overlays`, on a base of what all environments of an app share. */
export const render: Render = (input) => {
  const { deployments, options, report } = input;
  for (const { manifests } of deployments) refuseLost(manifests, report);
  if (options['overlays'] !== true) {
    if (options['patches'] === true) report(WITHOUT_OVERLAYS);
    return deployments.flatMap((deployment) =>
      kustomization(deployment, deployment.manifests, input.placement),
    );
  }
  const apps = new Map<string, PlacedDeployment[]>();
  for (const deployment of deployments) push(apps, deployment.app ?? '', deployment);
  return [...apps.values()].flatMap((own) => withBase(own, input));
};

function withBase(
  deployments: readonly PlacedDeployment[],
  { options, placement, report }: TargetInput,
): TargetFile[] {
  const { base: shared, covered, patches } = sharedBy(deployments, options['patches'] === true);
  const [first] = deployments;
  if (first === undefined || shared.length === 0)
    return deployments.flatMap((each) => kustomization(each, each.manifests, placement));
  const folder = baseFolder(first, placement);
  const taken = deployments.find((each) => each.folder === folder);
  if (taken !== undefined) {
    report({
      code: 'FILE_COLLISION',
      place: `${folder}/`,
      message: `the base and "${taken.name}" are in one folder`,
      hint: 'Use a path with {environment}, and call no environment "base".',
    });
  }
  const base = kustomization({ ...first, folder }, shared, placement).map(
    ({ path, content }): TargetFile => ({ path, shared: 'binds', content }),
  );
  const overlays = deployments.flatMap((each) =>
    kustomization(
      each,
      each.manifests.filter((manifest) => !covered.has(manifest)),
      placement,
      {
        bases: [posix.relative(each.folder, folder)],
        patches: each.manifests.flatMap((manifest) => {
          const operations = patches.get(manifest);
          return operations === undefined ? [] : [[manifest, operations] as const];
        }),
      },
    ),
  );
  return [...base, ...overlays];
}

interface Overlay {
  readonly bases?: readonly string[];
  readonly patches?: readonly (readonly [Manifest, readonly Operation[]])[];
}

/** The files of a folder, with the kustomization that lists them. */
function kustomization(
  deployment: PlacedDeployment,
  manifests: readonly Manifest[],
  placement: Placement,
  { bases = [], patches = [] }: Overlay = {},
): TargetFile[] {
  const { folder, environment } = deployment;
  const files = filesOf({ ...deployment, manifests }, placement, false);
  const text = kustomizationText([...bases, ...files.keys()], patches);
  const about = environment === undefined ? {} : { environment };
  return [
    { path: `${folder}/kustomization.yaml`, ...about, content: text },
    ...[...files].map(([path, own]): TargetFile => ({
      path: `${folder}/${path}`,
      ...about,
      content: own.map((each) => each.object),
    })),
  ];
}
