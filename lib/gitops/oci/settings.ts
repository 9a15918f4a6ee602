import { imageProblem, parseImage } from '../../kube/image';
import { required } from '../deployer';
import type { Artifact, Deployment, TargetInput, TargetOptions } from '../target';
import { MEDIA_TYPES, type MediaTypes } from './image';

/** The targets whose files an artifact can hold, each with its options that can be set here, and whether it reads registries. */
const CONTENTS = {
  argocd: { options: ['namespace', 'project', 'automated', 'applicationSet'], needsUrl: true },
  flux: { options: ['namespace', 'secret', 'interval', 'helmReleases'], needsUrl: true },
  kubectl: { options: [], needsUrl: false },
  kustomize: { options: [], needsUrl: false },
} as const;

export type Content = keyof typeof CONTENTS;

/** What all artifacts that are written have in common. */
export interface OciSettings {
  readonly content: Content;
  readonly mediaTypes: MediaTypes;
  /** Options of the target whose files the artifacts hold. */
  readonly options: TargetOptions;
  /** The place of the artifact of a deployment; its address is empty where none is known. */
  readonly artifactOf: (deployment: Deployment) => Artifact;
}

const OWN = ['content', 'url', 'tag', 'mediaTypes'];

const TAG = /^\w[\w.-]{0,127}$/;

const EXAMPLE = 'oci://ghcr.io/acme/{app}';

/** @returns nothing where something is missing or wrong, which `report` takes as CONFIG_INVALID */
export function settingsOf({ deployments, options, report }: TargetInput): OciSettings | undefined {
  let isWrong = false;
  const refuse = (option: string, message: string, hint: string): void => {
    isWrong = true;
    report({ code: 'CONFIG_INVALID', path: `seaworthy.targets.oci.${option}`, message, hint });
  };
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const content = (text('content') ?? 'kubectl') as Content;
  const { options: known, needsUrl } = CONTENTS[content];
  const own = Object.entries(options).filter(([name]) => !OWN.includes(name));
  for (const [name] of own) {
    if (!known.some((each) => each === name))
      refuse(name, `cannot be used with content: ${content}`, 'Leave it out, or choose another content.');
  }
  const url = text('url');
  if (needsUrl && url === undefined) {
    required(url, 'targets.oci.url', 'the repository that holds the artifacts', EXAMPLE, report);
    return undefined;
  }
  const artifactOf = (deployment: Deployment): Artifact => ({
    url: filled(url ?? '', deployment),
    tag: filled(
      text('tag') ?? (deployment.environment === undefined ? 'latest' : '{environment}'),
      deployment,
    ),
  });
  for (const deployment of deployments) {
    const artifact = artifactOf(deployment);
    const fault = url === undefined ? undefined : urlFault(artifact.url, url);
    if (fault !== undefined)
      refuse('url', `Invalid value: "${artifact.url}": ${fault}`, `For example: ${EXAMPLE}`);
    if (!TAG.test(artifact.tag))
      refuse(
        'tag',
        `Invalid value: "${artifact.tag}": must be at most 128 letters, digits, "_", "." and "-"`,
        'For example: {environment}',
      );
    if (isWrong) return undefined;
  }
  const words = text('mediaTypes') ?? (content === 'argocd' ? 'oci' : 'flux');
  return {
    content,
    mediaTypes: MEDIA_TYPES[words as keyof typeof MEDIA_TYPES],
    options: { ...Object.fromEntries(own), ...(content === 'flux' && { source: 'oci' }) },
    artifactOf,
  };
}

function filled(text: string, { app = '', environment = '' }: Deployment): string {
  return text.replaceAll('{app}', app).replaceAll('{environment}', environment);
}

/** Why an address cannot be that of a repository in a registry. */
function urlFault(url: string, written: string): string | undefined {
  if (!url.startsWith('oci://')) return 'must begin with oci://';
  if (written.includes('{environment}')) return 'all environments of an app are in one repository, by tag';
  const reference = url.slice('oci://'.length);
  const fault = imageProblem(reference);
  if (fault !== undefined) return fault;
  const { registry, tag, digest } = parseImage(reference) ?? {};
  if (registry === undefined) return 'must name a registry, such as ghcr.io';
  return tag === undefined && digest === undefined ? undefined : 'must have no tag and no digest';
}
