import type { Construct } from 'constructs';
import type { Finding } from '../check/finding';
import type { Rule } from '../check/rule';
import type { CheckSettings } from '../check/settings';
import type { KubeMetadata, KubeObject, ObjectId } from '../manifest/manifest';
import type { ManifestSet } from '../manifest/set';
import type { Change } from '../plan/change';
import type { DriftedField } from '../plan/drift/drift';
import type { ClusterProfile } from '../profiles/cluster-profile';
import type { PropsSchema } from './props-schema';

/** A custom resource as the API server has it. */
export interface CustomResource extends KubeObject {
  readonly metadata: KubeMetadata & {
    /** Grows with each change of `spec`. */
    readonly generation?: number;
    readonly uid?: string;
    readonly resourceVersion?: string;
    /** When it was asked to go, as RFC 3339; absent while it stays. */
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
  };
  /** The props, as their author wrote them, with the defaults of the API server. */
  readonly spec?: unknown;
  readonly status?: ResourceStatus;
}

/** What an operator says of a resource. */
export interface ResourceStatus {
  /** The generation that the conditions are about. */
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
  /** How many objects it renders. */
  readonly objects?: number;
  /** Of a definition with `scale`: how many pods there are. */
  readonly replicas?: number;
  /** Of a definition with `scale`: what selects the pods: `app.kubernetes.io/name=web`. */
  readonly selector?: string;
}

export const CONDITION_TYPES = ['Ready', 'Progressing', 'Stalled'] as const;

/** What a condition is about. */
export type ConditionType = (typeof CONDITION_TYPES)[number];

/** A condition of a resource, as `metav1.Condition` has it. */
export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False' | 'Unknown';
  /** In CamelCase, for machines. */
  readonly reason: string;
  /** In a sentence, for people. */
  readonly message: string;
  /** When `status` last changed, as RFC 3339 in whole seconds. */
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

/** How far a resource has come. */
export interface Outcome {
  /**
   * `ready`: its objects are as it asks; `progressing`: they are on the way there; `stalled`: they stay as they are until a
   * person changes something.
   */
  readonly state: 'ready' | 'progressing' | 'stalled';
  /** In CamelCase. */
  readonly reason: string;
  readonly message: string;
  /** How many objects it renders. @default as before */
  readonly objects?: number;
  /** How many pods there are. @default as before */
  readonly replicas?: number;
  /** What selects the pods. @default as before */
  readonly selector?: string;
}

/** A CEL rule over the props. */
export interface PropsRule {
  /** The expression; `self` is the value at `path`, `oldSelf` what it was: `self.min <= self.max`. */
  readonly rule: string;
  /** What the API server answers where it is false. */
  readonly message: string;
  /** The prop that it is about, as a path below `spec`: `storage`; `[]` for the items of a list. @default all props */
  readonly path?: string;
}

/** A column that `kubectl get` prints. */
export interface PrinterColumn {
  readonly name: string;
  /** A prop, as a path below `spec`: `image`; or a path from the top: `.status.replicas`. */
  readonly path: string;
  /** @default that of the prop, else 'string' */
  readonly type?: 'boolean' | 'date' | 'integer' | 'number' | 'string';
  /** @default that of the prop, else none */
  readonly description?: string;
  /** Whether only `kubectl get -o wide` prints it. @default false */
  readonly wide?: boolean;
}

/** One version of a resource. */
export interface DefinedVersion {
  /** `v1`, `v1beta1`. */
  readonly name: string;
  readonly schema: PropsSchema;
  /** Makes the props of the stored version of those of this one. Absent where both agree, and for the stored version. */
  readonly convert?: (props: never) => unknown;
  /** What kubectl warns of who uses the version. @default no warning */
  readonly deprecated?: string;
}

/** What happens to what somebody else changed in an object of a resource. */
export type DriftMode = 'correct' | 'report';

/** Checks of rendered objects, in addition to those that always run. */
export interface DefinitionChecks extends CheckSettings {
  /** Custom rules, such as policies of the platform. @default none */
  readonly rules?: readonly Rule[];
}

/** Where resources live, as a CustomResourceDefinition says it. */
export type ResourceScope = 'Namespaced' | 'Cluster';

/** A kind of resource that is served by a construct. `defineResource` makes it. */
export interface ResourceDefinition {
  readonly group: string;
  readonly kind: string;
  /** Name in URLs: `webapps`. */
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly description: string | undefined;
  /** Whether resources live in namespaces, and render into their own, or in none, and render into any. */
  readonly scope: ResourceScope;
  /** The oldest first; the last one is stored, and its props are those of the construct. */
  readonly versions: readonly [DefinedVersion, ...DefinedVersion[]];
  /** Makes the objects of a resource, in a chart with the resource's name, and its namespace where it has one. */
  readonly construct: (scope: Construct, props: never, resource: CustomResource) => void;
  readonly rules: readonly PropsRule[];
  /** Props that cannot change, as paths below `spec`. */
  readonly immutable: readonly string[];
  readonly columns: readonly PrinterColumn[];
  /** The prop that `kubectl scale` sets, as a path below `spec`. */
  readonly scale: string | undefined;
  /** Whether a resource may render objects that are in no namespace. */
  readonly clusterScopedObjects: boolean;
  readonly checks: DefinitionChecks;
  readonly drift: DriftMode;
  /** Resources, or their props, of which permissions are computed and which tests render. */
  readonly examples: readonly CustomResource[];
}

/** What a definition is looked up by. */
export type DefinitionKey = Pick<ResourceDefinition, 'group' | 'kind'>;

/** A kind, without its version. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** What is known of the cluster while a resource is rendered. */
export interface RenderContext {
  /** The profile of the cluster. @default nothing is known */
  readonly profile?: ClusterProfile;
  /** Objects that the cluster has already: definitions, policies, the namespace. They are not checked. @default none */
  readonly assume?: ManifestSet;
  /** What else the operator serves: resources that render each other in a circle are found by it. @default nothing */
  readonly served?: readonly DefinitionKey[];
  /** Kinds that the operator may write. @default all: what it may not write, the API server refuses */
  readonly permitted?: readonly GroupKind[];
}

/** Why a resource cannot be rendered. */
export type RenderReason =
  /** The schema refuses the props. */
  | 'InvalidSpec'
  /** The resource is larger than a construct should get. */
  | 'ResourceTooLarge'
  /** The construct threw. */
  | 'ConstructFailed'
  /** The construct did not come to an end in time: an operator that runs tells so. */
  | 'RenderTimeout'
  /** What the construct described cannot be synthesized. */
  | 'SynthFailed'
  | 'NothingRendered'
  | 'TooManyObjects'
  /** It renders a resource that renders it again. */
  | 'RendersItself'
  /** It renders objects in another namespace. */
  | 'OtherNamespace'
  /** It is in no namespace, and renders objects that name none and have to be in one. */
  | 'NamespaceMissing'
  /** It renders objects in no namespace, and its definition does not allow that. */
  | 'ClusterScopedObject'
  /** It renders kinds that the operator may not write. */
  | 'NotPermitted'
  /** `check` finds errors. */
  | 'CheckFailed';

/** Why nothing of a resource is applied. */
export interface RenderProblem {
  readonly reason: RenderReason;
  /** With rule, field and message of the first findings; at most 32,768 characters, as a condition may have. */
  readonly message: string;
}

/** What a resource comes to, before anybody looks at the cluster. */
export interface Rendered {
  /** The objects; absent where there is a `problem` by which there are none. */
  readonly set?: ManifestSet;
  /** What `check` says of the objects, warnings as well. */
  readonly findings: readonly Finding[];
  /** Why nothing is applied. Absent where all is well. */
  readonly problem?: RenderProblem;
}

/**
 * Renders a resource: validates its props by the schema of its version, applies the defaults, converts them, runs the
 * construct and `synth`, and checks the objects. Never throws for what a resource or a construct does wrong.
 */
export type Render = (
  definition: ResourceDefinition,
  resource: CustomResource,
  context: RenderContext,
) => Rendered;

/** What is known of the cluster while a decision is made. */
export interface DecideContext {
  /** The release of the cluster: `1.36`. @default that of `profile` */
  readonly kubernetes?: string;
  readonly profile?: ClusterProfile;
  /** Objects that the cluster has in addition, such as definitions of custom kinds. @default none */
  readonly assume?: ManifestSet;
  /** The ApplySet of the resource, as `applySetId` makes it. */
  readonly applySet: string;
  /** Namespace of the record of what belongs to a resource that is in none. @default 'default' */
  readonly home?: string;
  /** What was applied last, by `identityKey`. @default not known */
  readonly recorded?: ReadonlyMap<string, KubeObject>;
  /** What becomes of drift, where the resource does not say. @default that of the definition */
  readonly drift?: DriftMode;
}

/** Why a decision is what it is. */
export type DecisionReason =
  /** Objects change. */
  | 'Applying'
  /** Nothing differs. */
  | 'UpToDate'
  /** Somebody changed objects, and that is corrected. */
  | 'DriftCorrected'
  /** Somebody changed objects, and that is only reported. */
  | 'DriftReported'
  /** It cannot be rendered: the reason is that of `rendered.problem`. */
  | RenderReason
  /** An annotation of the resource cannot be read. */
  | 'InvalidAnnotation'
  /** Data would be lost, and no annotation names the object. */
  | 'DataLoss'
  /** The API server refuses a change, and no annotation says that the object may be recreated. */
  | 'ChangeRefused'
  /** An object belongs to another resource or application. */
  | 'OwnedByOthers'
  /** An object is there that nobody applied as a part of the resource, and no annotation adopts it. */
  | 'AlreadyExists'
  /** Somebody else holds a field with another value, and no annotation takes it over. */
  | 'FieldConflict';

/** A field of an object that somebody else changed. */
export interface ObjectDrift extends DriftedField {
  readonly id: ObjectId;
}

/** What is done about a resource. */
export interface Decision {
  /** `apply`: the set is applied; `hold`: nothing is written until a person changes something; `none`: there is nothing to do. */
  readonly action: 'apply' | 'hold' | 'none';
  readonly reason: DecisionReason;
  readonly message: string;
  /** What becomes of each object. */
  readonly changes: readonly Change[];
  readonly drift: readonly ObjectDrift[];
  /** For `apply`: objects that may be deleted although they hold data, as `ApplyOptions.allowDataLoss` takes them. */
  readonly allowDataLoss: readonly string[];
  /** For `apply`: objects that may be deleted and created again, as `ApplyOptions.recreate` takes them. */
  readonly recreate: readonly string[];
  /** For `apply`: fields that may be taken over, as `ApplyOptions.takeOwnership` takes them. */
  readonly takeOwnership: readonly string[];
}

/**
 * Decides what is done about a rendered resource.
 *
 * @param live the objects of its ApplySet, and those of its set that exist, as the API server has them
 */
export type Decide = (
  definition: ResourceDefinition,
  resource: CustomResource,
  rendered: Rendered,
  live: ManifestSet,
  context: DecideContext,
) => Decision;

/** The status after an outcome; what does not change keeps its time. */
export type NextStatus = (resource: CustomResource, outcome: Outcome, now: Date) => ResourceStatus;

/** Annotations by which a resource allows what is held back otherwise: names of objects, separated by commas or blanks. */
export const ALLOWANCES = {
  /** Objects that may be deleted although they hold data: `PersistentVolumeClaim/data`. */
  dataLoss: 'seaworthy.dev/allow-data-loss',
  /** Objects that may be deleted and created again: `Deployment/web`. */
  recreate: 'seaworthy.dev/allow-recreate',
  /** Objects that are there and become a part of the resource: `ConfigMap/settings`. */
  adopt: 'seaworthy.dev/adopt',
  /** Fields that are taken over: `Deployment/web:spec.replicas`. */
  takeOwnership: 'seaworthy.dev/take-ownership',
} as const;

/** Annotation of a resource that says what becomes of drift: `correct` or `report`. */
export const DRIFT_ANNOTATION = 'seaworthy.dev/drift';

/** Annotation of a resource by which its objects stay, or go with their data, when it is deleted: `keep`, `data`. */
export const DELETION_ANNOTATION = 'seaworthy.dev/deletion';

/** Annotation of a rendered resource: the kinds of those that rendered it, `WebApp.shop.example`, from the first on. */
export const RENDERED_BY = 'seaworthy.dev/rendered-by';
