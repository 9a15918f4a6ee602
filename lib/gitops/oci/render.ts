import type { Problem } from '../../errors';
import { grouped } from '../../kube/grouped';
import { render as renderArgoCd } from '../argocd/render';
import { deployerFolder } from '../deployer';
import { render as renderFlux } from '../flux/render';
import { render as renderKubectl } from '../kubectl/render';
import { render as renderKustomize } from '../kustomize/render';
import { textOf } from '../text';
import type { Artifact, PlacedDeployment, Render, TargetFile, TargetInput } from '../target';
import { imageLayout } from './image';
import { settingsOf, type Content, type OciSettings } from './settings';

const RENDERS: Readonly<Record<Content, Render>> = {
  argocd: renderArgoCd,
  flux: renderFlux,
  kubectl: renderKubectl,
  kustomize: renderKustomize,
};

/** The folders of the deployers' own objects, which are applied and not pushed. */
const DEPLOYERS: Partial<Record<Content, string>> = { argocd: 'applications', flux: 'clusters' };

type Stored = PlacedDeployment & { readonly artifact: Artifact };

/**
 * An OCI image layout for each deployment, whose one layer holds what another target writes to its folder, and beside them
 * what the deployer needs to find them in the registry.
 */
export const render: Render = (input) => {
  const settings = settingsOf(input);
  if (settings === undefined) return [];
  const { content, artifactOf } = settings;
  const own = DEPLOYERS[content];
  if (own !== undefined) deployerFolder(`oci/${own}`, input);
  const stored = input.deployments.map((each): Stored => ({ ...each, artifact: artifactOf(each) }));
  refuseTwins(stored, input.report);
  // All environments of an app are in one repository.
  return [...grouped(stored, ({ app = '' }) => app).values()].flatMap((each) =>
    filesOf(each, settings, input),
  );
};

function filesOf(deployments: readonly Stored[], settings: OciSettings, input: TargetInput): TargetFile[] {
  const [first] = deployments;
  const url = first?.artifact.url ?? '';
  const files = RENDERS[settings.content]({
    ...input,
    deployments,
    options: settings.options,
    repository: { path: '', ...(url !== '' && { url }) },
  });
  const layouts = deployments.flatMap((deployment): TargetFile[] => {
    const { folder, environment, artifact } = deployment;
    const inside = files.filter((file) => isIn(file, deployment));
    const layout = imageLayout({
      files: new Map(inside.map((file) => [file.path.slice(folder.length + 1), textIn(file)])),
      mediaTypes: settings.mediaTypes,
      tag: artifact.tag,
      annotations: annotationsOf(input),
    });
    return [...layout].map(([path, content]) => ({
      path: `${folder}/${path}`,
      ...(environment !== undefined && { environment }),
      content,
    }));
  });
  const beside = files.filter((file) => !deployments.some((deployment) => isIn(file, deployment)));
  return [...layouts, ...beside.map((file) => ({ ...file, path: file.path.replace(/^[^/]+/, 'oci') }))];
}

function isIn({ path }: TargetFile, { folder }: PlacedDeployment): boolean {
  return path.startsWith(`${folder}/`);
}

function textIn({ path, content }: TargetFile): string {
  if (content instanceof Uint8Array) throw new Error(`${path} is no text`);
  return textOf(content);
}

/** Nothing of the moment: the time and the commit would give the same files another digest. */
function annotationsOf({ repository: { url = '' } }: TargetInput): Readonly<Record<string, string>> {
  return /^https?:/.test(url) ? { 'org.opencontainers.image.source': url } : {};
}

/** @param report takes CONFIG_INVALID for two artifacts of one name: the later push would replace the other */
function refuseTwins(deployments: readonly Stored[], report: (problem: Problem) => void): void {
  const taken = new Map<string, Stored>();
  for (const each of deployments) {
    const { url, tag } = each.artifact;
    const other = taken.get(`${url}:${tag}`);
    taken.set(`${url}:${tag}`, each);
    if (url === '' || other === undefined) continue;
    report({
      code: 'CONFIG_INVALID',
      path: 'seaworthy.targets.oci',
      message: `Duplicate value: "${url}:${tag}": the artifacts of "${other.name}" and "${each.name}"`,
      hint: 'Use {app} in url, and {environment} in tag.',
    });
  }
}
