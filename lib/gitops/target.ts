import type { Problem } from '../errors';
import type { ChartValue, ValueScalar } from '../manifest/chart-value';
import type { KubeObject, Manifest } from '../manifest/manifest';
import type { ClusterProfile } from '../profiles/cluster-profile';

/** What an app deploys to one cluster. */
export interface Deployment {
  /** Name of the app. @default it has none */
  readonly app?: string;
  /** Name of the environment. @default the objects are in none */
  readonly environment?: string;
  /** What is known of the cluster. */
  readonly profile: ClusterProfile;
  /** In the order in which they can be applied. */
  readonly manifests: readonly Manifest[];
  /** What it would be with other values, for targets that let users set them. @default there are no values */
  readonly renderings?: readonly Rendering[];
}

/** What a deployment would be if one value was another. */
export interface Rendering {
  readonly value: ChartValue;
  /** The other value, of the same type. */
  readonly probe: ValueScalar;
  /** In any order; or why the app cannot be rendered so. */
  readonly manifests: readonly Manifest[] | Problem;
}

/** A deployment, and where a target writes it. */
export interface PlacedDeployment extends Deployment {
  /** `shop-production`: what the deployer calls it. */
  readonly name: string;
  /** Its folder in the output, such as `argocd/shop/production`; no other deployment is in it. */
  readonly folder: string;
  /** Where the deployer finds the content of the folder. @default in the repository, below its path */
  readonly artifact?: Artifact;
}

/** The OCI artifact that holds the folder of one deployment. */
export interface Artifact {
  /** Without its tag: `oci://ghcr.io/acme/shop`. */
  readonly url: string;
  readonly tag: string;
}

/** A file that a target writes: Kubernetes objects, a text, or bytes. */
export interface TargetFile {
  /** Relative to the output, with forward slashes. */
  readonly path: string;
  /** The environment that it is for. @default several */
  readonly environment?: string;
  /** How it is for several environments. @default it is for one, or for what is in none */
  readonly shared?: Sharing;
  /** The environments that it holds, which have no files of their own. @default none */
  readonly holds?: readonly string[];
  readonly content: readonly KubeObject[] | string | Uint8Array;
}

/** A file for several environments `adds` what each of them needs, or `binds` them: the files of all have to agree with it. */
export type Sharing = 'adds' | 'binds';

/** Where a target writes outside the folder of a deployment: beginnings of paths. */
export interface Outside {
  /** For this deployment only. */
  readonly own?: readonly string[];
  /** What binds it to others. */
  readonly binding?: readonly string[];
}

/** The repository that the output is committed to. */
export interface Repository {
  /** Its address, as the deployer reaches it. @default unknown */
  readonly url?: string;
  /** Branch, tag or commit that is deployed. @default 'main' */
  readonly revision?: string;
  /** Path of the output in it, with forward slashes; empty for its top. */
  readonly path: string;
}

/** How files are placed, as `layout` in cdk8s.yaml says. */
export interface Placement {
  /** Folder of each environment; `{target}`, `{app}` and `{environment}` are replaced. @default '{target}/{app}/{environment}' */
  readonly path?: string;
  /** Whether each object has a file of its own. @default false: each chart has one */
  readonly onePerObject?: boolean;
  /** Whether each namespace has a folder. @default false */
  readonly namespaceFolders?: boolean;
  /** Whether CustomResourceDefinitions have files of their own, which sort first. @default false */
  readonly crdsFirst?: boolean;
}

/** Options of a target in cdk8s.yaml, by name. */
export type TargetOptions = Readonly<Record<string, string | boolean>>;

/** What a target is asked for. */
export interface TargetInput {
  readonly deployments: readonly PlacedDeployment[];
  /** All environments, in the order in which changes reach them. */
  readonly environments: readonly string[];
  readonly options: TargetOptions;
  readonly repository: Repository;
  readonly placement: Placement;
  /** The folder of the target where its path has one: `argocd`; else empty. */
  readonly folder: string;
  /** Takes what is wrong; nothing is written then. */
  readonly report: (problem: Problem) => void;
}

/** A pure function from what is deployed to the files of a deployer. */
export type Render = (input: TargetInput) => readonly TargetFile[];

/** An option that a target takes. */
export interface OptionShape {
  /** `flag` is true or false. */
  readonly type: 'flag' | 'text' | 'word';
  /** Of a `word`: those that it can be. */
  readonly words?: readonly string[];
  /** What it does, in a phrase. */
  readonly about: string;
}

/** What can be known of a target without its code. */
export interface Target {
  /** In cdk8s.yaml and on the command line. */
  readonly name: string;
  /** What it writes, in a phrase. */
  readonly about: string;
  readonly options: Readonly<Record<string, OptionShape>>;
  /** Where it writes for a deployment outside its folder, whatever its options are. @default nowhere */
  outside?(deployment: PlacedDeployment, placement: Placement): Outside;
  /** Folder of what the deployer itself reads. @default there is none */
  readonly deployerFolder?: string;
  /**
   * The folders whose files are the objects of a deployment as they are applied: what others share with it first.
   *
   * @default none is: what it writes is a chart, an artifact or a pipeline
   */
  objectsIn?(deployment: PlacedDeployment, placement: Placement, options: TargetOptions): readonly string[];
  /** Whether it lets users set values, so that it needs `renderings`. @default false */
  readonly hasValues?: boolean;
  /** Loads its code. */
  load(): Promise<Render>;
}

/** A target that was chosen. */
export interface TargetChoice {
  readonly name: string;
  /** The environments that it is for. @default all */
  readonly environments?: readonly string[];
  readonly options: TargetOptions;
}
