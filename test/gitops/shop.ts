import { synth } from '../../lib';
import { gitopsFiles, type GitopsInput } from '../../lib/gitops/gitops';
import type { Deployment } from '../../lib/gitops/target';
import { formatId, identityKey, type KubeObject, type Manifest } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { shop } from '../../apps/shop/app';

/** The shop in its environments, synthesized once. */
export const set: ManifestSet = synth(shop());

/** What the shop deploys to each of its clusters. */
export function deployments(names: readonly string[] = set.environments): readonly Deployment[] {
  return names.map((environment) => ({
    app: 'shop',
    environment,
    profile: set.clusters.get(environment) ?? {},
    manifests: set.in(environment).manifests,
  }));
}

/** A template of Helm as YAML: what escapes braces is gone, and each value is 2, as by default in the shop. */
export function untemplated(text: string): string {
  return text.replaceAll('{{ "{{" }}', '{{').replace(/\{\{ \.Values\.[\w.]+ \| toJson \}\}/g, '2');
}

/** What differs in a map of labels or annotations. */
function added(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): string {
  const pairs = Object.entries(after).filter(([key, value]) => before[key] !== value);
  return pairs.map(([key, value]) => ` ${key}=${value}`).join('');
}

/**
 * What a target writes for the shop, in short: what only a deployer reads in full, and of each object of the app, whose
 * content is in dist/, where it stands and what the target adds.
 */
export function inShort(files: ReadonlyMap<string, string>): string {
  const known = new Map([...set].map((each) => [keyOf(each), each]));
  const parts = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => {
      if (isPipeline(path)) return `# ${path}\n${pipelineInShort(text, known)}`;
      if (!path.endsWith('.yaml') || /(?:kustomization|Chart|values).yaml$/.test(path))
        return `# ${path}\n${text}`;
      const environment = set.environments.find((name) => path.includes(`/${name}/`));
      const objects = [...ManifestSet.parse(untemplated(text))];
      const lines = objects.map(({ id, object }) => {
        const origin = environment === undefined ? {} : { environment };
        const before = known.get(keyOf({ id, origin }))?.object.metadata;
        if (before === undefined) return undefined;
        const { labels, annotations } = object.metadata;
        return `- ${formatId(id)}${added(before.labels, labels)}${added(before.annotations, annotations)}\n`;
      });
      const actions = [...text.matchAll(/^.*(?:\{\{ (?:\.Values|print|"\{\{")|"\$imagepolicy").*\n/gm)].map(
        ([line]) => line.trimStart(),
      );
      return `# ${path}\n${lines.some((line) => line === undefined) ? text : [...lines, ...actions].join('')}`;
    });
  return parts.join('\n');
}

/** Whether a file is a pipeline of Spinnaker. */
export function isPipeline(path: string): boolean {
  return path.startsWith('spinnaker/') && path.endsWith('.json');
}

/** A pipeline of Spinnaker, as far as tests read it. */
export interface PipelineText {
  readonly expectedArtifacts: readonly {
    readonly id: string;
    readonly defaultArtifact: Record<string, string>;
  }[];
  readonly stages: readonly PipelineStage[];
}

export type PipelineStage = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly type: string;
  readonly manifests?: readonly KubeObject[];
};

/** The objects in a pipeline of Spinnaker. */
export function manifestsIn(text: string): readonly Manifest[] {
  const { stages } = JSON.parse(text) as PipelineText;
  return ManifestSet.of(stages.flatMap(({ manifests = [] }) => [...manifests])).manifests;
}

/** Of each object of the app, what the pipeline adds. */
function pipelineInShort(text: string, known: ReadonlyMap<string, Manifest>): string {
  const pipeline = JSON.parse(text) as PipelineText;
  const stages = pipeline.stages.map(({ manifests, ...rest }) => {
    const environment = /^Deploy ([\w-]+)/.exec(rest.name)?.[1] ?? '';
    const short = ManifestSet.of(manifests ?? []).manifests.map(({ id, object }) => {
      const before = known.get(keyOf({ id, origin: { environment } }))?.object.metadata;
      return `${formatId(id)}${added(before?.annotations, object.metadata.annotations)}`;
    });
    return manifests === undefined ? rest : { ...rest, manifests: short };
  });
  return `${JSON.stringify({ ...pipeline, stages }, undefined, 2)}\n`;
}

function keyOf({ id, origin }: Pick<Manifest, 'id' | 'origin'>): string {
  return `${origin?.environment ?? ''}|${identityKey(id)}`;
}

/** The texts that targets write for the shop, by path. */
export async function filesFor(about: Partial<GitopsInput>): Promise<ReadonlyMap<string, string>> {
  const { files } = await gitopsFiles({
    deployments: deployments(),
    targets: [],
    placement: {},
    repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' },
    ...about,
  });
  return new Map([...files].map(([path, { text }]) => [path, text]));
}
