import { nearest, oneOf, SeaworthyError, type Problem } from '../errors';
import type { KubeObject } from '../manifest/manifest';
import { emitYaml } from '../manifest/yaml/emit';
import { checkPaths } from '../output/paths';
import { placeDeployments } from './folder';
import { refuseSecrets } from './secrets';
import { readme } from './readme';
import { TARGETS } from './registry';
import { textOf } from './text';
import type {
  Deployment,
  PlacedDeployment,
  Placement,
  Repository,
  Sharing,
  TargetChoice,
  TargetFile,
} from './target';

/** What is written, and for whom. */
export interface GitopsInput {
  readonly deployments: readonly Deployment[];
  readonly targets: readonly TargetChoice[];
  readonly repository: Repository;
  readonly placement: Placement;
  /** In the order in which changes reach them. @default the order of the deployments */
  readonly environments?: readonly string[];
}

/** A file of the output. */
export interface OutputFile {
  readonly text: string;
  /** The environment that it is for. @default several */
  readonly environment?: string;
  /** How it is for several environments. @default it is for one, or for what is in none */
  readonly shared?: Sharing;
  /** The environments of its target. @default all */
  readonly environments?: readonly string[];
  /** The environments that it holds, which have no files of their own. @default none */
  readonly holds?: readonly string[];
}

/** A file of the output that is no text. */
export interface OutputBlob {
  readonly bytes: Uint8Array;
  /** The environment that it is for. @default several */
  readonly environment?: string;
}

/** What all targets write. */
export interface GitopsFiles {
  /** By path, relative to the output. */
  readonly files: ReadonlyMap<string, OutputFile>;
  /** By path, relative to the output; no path is in both. */
  readonly blobs: ReadonlyMap<string, OutputBlob>;
  /** Where files of an environment are, those of targets that were not chosen too: what is left there is stale. */
  readonly placesOf: (environment: string) => Places;
}

/** Where files of an environment can be, by the beginnings of their paths. */
export interface Places {
  /** For it alone. */
  readonly own: readonly string[];
  /** What binds it to others. */
  readonly binding: readonly string[];
}

/** Files that say what the output is; where somebody else's are there, they are left as they are. */
export const OPTIONAL_FILES = ['README.md', '.gitattributes'] as const;

/** git gives a checkout on Windows other line ends, and the output would be stale there. */
const ATTRIBUTES = '* text=auto eol=lf\n';

/** Whatever git takes them for, their names are the digests of their bytes. */
const BLOB_ATTRIBUTES = '**/blobs/sha256/* binary\n';

/**
 * The files of all targets, by path. The same input gives the same bytes.
 *
 * @throws SeaworthyError with all problems: CONFIG_INVALID where a target lacks something, FILE_COLLISION where two files
 * cannot both be
 */
export async function gitopsFiles(input: GitopsInput): Promise<GitopsFiles> {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const files = new Map<string, OutputFile>();
  const blobs = new Map<string, OutputBlob>();
  const emit = emitter();
  for (const deployment of input.deployments)
    if (input.targets.some((choice) => isFor(choice, deployment))) refuseSecrets(deployment, report);
  for (const choice of input.targets) {
    const written = await renderTarget(input, choice, report);
    for (const { path, environment, shared, holds, content } of written.files) {
      if (files.has(path) || blobs.has(path)) report(twice(path, choice.name));
      const about = environment === undefined ? {} : { environment };
      if (content instanceof Uint8Array) blobs.set(path, { bytes: content, ...about });
      else
        files.set(path, {
          text: textOf(content, emit),
          ...about,
          ...sharing(shared, choice),
          ...(holds !== undefined && { holds }),
        });
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  const [about, attributes] = OPTIONAL_FILES;
  files.set(about, { text: readme(input.targets) });
  files.set(attributes, { text: blobs.size === 0 ? ATTRIBUTES : `${ATTRIBUTES}${BLOB_ATTRIBUTES}` });
  checkPaths([...files.keys(), ...blobs.keys()]);
  return { files, blobs, placesOf: (environment) => placesOf(environment, input) };
}

function sharing(
  shared: Sharing | undefined,
  { environments }: TargetChoice,
): Pick<OutputFile, 'shared' | 'environments'> {
  return shared === undefined ? {} : { shared, ...(environments !== undefined && { environments }) };
}

function placesOf(environment: string, { deployments, placement }: GitopsInput): Places {
  const chosen = deployments.filter((each) => each.environment === environment);
  const places = TARGETS.flatMap((target) =>
    placeDeployments(chosen, target.name, placement, () => undefined).map((deployment) => {
      const { own = [], binding = [] } = target.outside?.(deployment, placement) ?? {};
      return { own: [`${deployment.folder}/`, ...own], binding };
    }),
  );
  return { own: places.flatMap(({ own }) => own), binding: places.flatMap(({ binding }) => binding) };
}

/** Whether a target was chosen for a deployment. */
export function isFor({ environments }: TargetChoice, { environment }: Deployment): boolean {
  return environments === undefined || (environment !== undefined && environments.includes(environment));
}

/**
 * What one target writes, where it places each deployment, in the order of the input.
 *
 * @param report takes CONFIG_INVALID, FILE_COLLISION
 */
export async function renderTarget(
  {
    deployments,
    repository,
    placement,
    environments: order = environmentsIn(deployments),
  }: Omit<GitopsInput, 'targets'>,
  choice: TargetChoice,
  report: (problem: Problem) => void,
): Promise<{ readonly placed: readonly PlacedDeployment[]; readonly files: readonly TargetFile[] }> {
  const { name, environments, options } = choice;
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  checkEnvironments(name, environments, deployments, report);
  const own = deployments.filter((deployment) => isFor(choice, deployment));
  const render = await target.load();
  const folder = placement.path?.includes('{target}') === false ? '' : name;
  const placed = placeDeployments(own, name, placement, report);
  const files = render({
    deployments: placed,
    environments: order,
    options,
    repository,
    placement,
    folder,
    report,
  });
  return { placed, files };
}

/** The environments of deployments, in their order. */
function environmentsIn(deployments: readonly Deployment[]): readonly string[] {
  return [...new Set(deployments.flatMap(({ environment }) => environment ?? []))];
}

/** An environment that the app does not have is a slip, or was renamed. */
function checkEnvironments(
  target: string,
  chosen: readonly string[] = [],
  deployments: readonly Deployment[],
  report: (problem: Problem) => void,
): void {
  const names = [...environmentsIn(deployments)].sort();
  for (const each of chosen.filter((name) => !names.includes(name))) {
    const near = nearest(each, names);
    const list = names.length === 0 ? 'It has none.' : `It has ${oneOf(names).replace(/ or /, ' and ')}.`;
    report({
      code: 'CONFIG_INVALID',
      path: `seaworthy.targets.${target}.environments`,
      message: `the app has no environment "${each}"`,
      hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
    });
  }
}

/** Targets write most objects as they are: each is made a text once. */
function emitter(): (object: KubeObject) => string {
  const texts = new WeakMap<KubeObject, string>();
  return (object) => {
    let text = texts.get(object);
    if (text === undefined) texts.set(object, (text = emitYaml(object)));
    return text;
  };
}

function twice(path: string, target: string): Problem {
  return {
    code: 'FILE_COLLISION',
    place: path,
    message: `two files of ${target} would both be written here`,
    hint: 'Give one of the charts another id, or use {target}, {app} and {environment} in layout.path.',
  };
}
