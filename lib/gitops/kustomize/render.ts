import { posix } from 'node:path';
import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import { filesOf } from '../files';
import { baseFolder } from '../folder';
import type { PlacedDeployment, Placement, Render, TargetFile, TargetInput } from '../target';
import { refuseLost } from '../lost';
import { sharedBy } from './shared';

/** A kustomization in the folder of each environment; with `overlays`, on a base of what all environments of an app share. */
export const render: Render = (input) => {
  const { deployments, options, report } = input;
  for (const { manifests } of deployments) refuseLost(manifests, report);
  if (options['overlays'] !== true)
    return deployments.flatMap((deployment) =>
      kustomization(deployment, deployment.manifests, input.placement),
    );
  const apps = new Map<string, PlacedDeployment[]>();
  for (const deployment of deployments) push(apps, deployment.app ?? '', deployment);
  return [...apps.values()].flatMap((own) => withBase(own, input));
};

function withBase(
  deployments: readonly PlacedDeployment[],
  { placement, report }: TargetInput,
): TargetFile[] {
  const shared = sharedBy(deployments);
  const [first] = deployments;
  if (first === undefined || shared.size === 0)
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
  const base = kustomization(
    { ...first, folder },
    first.manifests.filter((manifest) => shared.has(manifest)),
    placement,
  ).map(({ path, content }): TargetFile => ({ path, shared: 'binds', content }));
  const overlays = deployments.flatMap((each) =>
    kustomization(
      each,
      each.manifests.filter((manifest) => !shared.has(manifest)),
      placement,
      [posix.relative(each.folder, folder)],
    ),
  );
  return [...base, ...overlays];
}

/** The files of a folder, with the kustomization that lists them. */
function kustomization(
  deployment: PlacedDeployment,
  manifests: readonly Manifest[],
  placement: Placement,
  bases: readonly string[] = [],
): TargetFile[] {
  const { folder, environment } = deployment;
  const files = filesOf({ ...deployment, manifests }, placement, false);
  const text = emitYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...bases, ...files.keys()],
  });
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
