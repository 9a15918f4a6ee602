import type { ObjectId } from '../../manifest/manifest';
import type { Change } from '../../plan/change';
import type { HeldObject } from '../owned/remove';
import type { Unfinished } from '../owned/unfinished';
import type { StayingObject } from '../owned/prunable';
import type { WorkloadStatus } from '../status/types';

/** Name of the manager of the fields that Seaworthy applies. */
export const MANAGER = 'seaworthy';

/** How a set of objects is applied, and what may be lost by it. */
export interface ApplyOptions {
  /**
   * The application: the name of its record in the cluster, by which objects that it no longer has are found.
   *
   * @default none: nothing is recorded, and nothing deleted
   */
  readonly name?: string;
  /** Namespace of that record, and of objects that name none. @default that of the kubeconfig's context */
  readonly namespace?: string;
  /** Where the objects come from, kept with the revision: `git 3f2a9c1e77aa`. @default not known */
  readonly origin?: string;
  /** Asked once all is known and before anything is written: `false` ends it there. @default nobody is asked */
  readonly confirm?: (plan: ApplyPlan) => boolean | Promise<boolean>;
  /**
   * Objects that are deleted and created again where the server refuses to change them: `Deployment/web` or
   * `Deployment/shop/web`. @default none
   */
  readonly recreate?: readonly string[];
  /**
   * Fields that are taken from the manager that holds them: `spec.replicas` of all objects, or
   * `Deployment/web:spec.replicas`; a path stands for all fields below it. @default none
   */
  readonly takeOwnership?: readonly string[];
  /** Objects that may be deleted although they hold data: `PersistentVolumeClaim/data`. @default none */
  readonly allowDataLoss?: readonly string[];
  /** Whether objects are deleted that the application had and no longer has. @default true */
  readonly prune?: boolean;
  /**
   * Whether the server tries each object in a dry run. Of a hundred new objects or more, it otherwise tries some that have
   * between them every field of the others, where nothing but our own plan decides about those: no webhook, policy or
   * quota, and nothing that is there changes. What it refuses after all is refused when it is written.
   *
   * @default false
   */
  readonly tryAll?: boolean;
  /** How long objects may take to be ready; `false` waits only for what others build on. @default five minutes for each */
  readonly wait?: WaitLimits | false;
  /** Whether what was there before is applied again if an object is refused or does not get ready. @default false */
  readonly rollbackOnFailure?: boolean;
  /** A plan that was reviewed: if anything that matters has changed since, nothing is written. */
  readonly reviewed?: ReviewedPlan;
  /**
   * Whether nothing of the application was ever applied, as far as is known: then its revisions are not looked for before
   * the first one is written.
   *
   * @default false
   * @internal
   */
  readonly isFirst?: boolean;
  /** Called with each step, for whoever shows them. */
  readonly onEvent?: (event: ApplyEvent) => void;
  /** Ends it: what has been sent may be stored, nothing more is sent. */
  readonly signal?: AbortSignal;
}

/** Time limits of what is applied. */
export interface WaitLimits {
  /** Milliseconds for each object. @default 300_000 */
  readonly timeout?: number;
  /** Milliseconds for single objects, by names such as `Deployment/web`. @default the same for all */
  readonly timeouts?: Readonly<Record<string, number>>;
}

/** What applying comes to, before anything is written. */
export interface ApplyPlan {
  /** What becomes of each object, by our own reading of the API server, and what follows from it. */
  readonly changes: readonly Change[];
  /** Fields that somebody else holds with another value, and that are not taken over: nothing is written. */
  readonly conflicts: readonly FieldConflict[];
  /** Objects that the server refuses in a dry run: nothing is written. */
  readonly refusals: readonly RefusedObject[];
  /** Where the server's dry run and our plan differ: a bug of Seaworthy, that stops nothing. */
  readonly differences: readonly PlanDifference[];
  /** What the server warned of in the dry run. */
  readonly warnings: readonly ObjectWarning[];
  /** Objects that no dry run could judge, since their kind or namespace comes with the others. */
  readonly untried: readonly ObjectId[];
  /**
   * New objects that the server was not asked about, since it would create others just as planned that have between them
   * all of their fields: see `ApplyOptions.tryAll`.
   */
  readonly alike: readonly ObjectId[];
  /** Objects that are deleted, since the application no longer has them. */
  readonly prune: readonly ObjectId[];
  /** Objects that it no longer has and that stay, since they hold data and `allowDataLoss` does not name them. */
  readonly guarded: readonly StayingObject[];
  /** Objects that it no longer has and that stay for another reason, such as an annotation that keeps them. */
  readonly kept: readonly StayingObject[];
  /** What an earlier run has left that did not come to its end. Absent if there is nothing, or nothing is pruned. */
  readonly unfinished?: Unfinished;
}

/** A field that is applied with another value than its manager holds. */
export interface FieldConflict {
  readonly id: ObjectId;
  /** As the API server writes it: `spec.replicas`. */
  readonly path: string;
  /** Who holds it: `kube-controller-manager`, `kubectl-edit`. */
  readonly manager: string;
  /** When that manager last wrote, as RFC 3339; absent if the server does not say. */
  readonly since?: string;
}

/** An object that the server does not take. */
export interface RefusedObject {
  readonly id: ObjectId;
  /** In the server's words. */
  readonly message: string;
  /** `Invalid`, `Forbidden`. */
  readonly reason: string;
  /** The way out, where one is known. */
  readonly hint?: string;
}

/** A field for which the server's dry run came to another value than our plan. Values of Secrets are not in it. */
export interface PlanDifference {
  readonly id: ObjectId;
  readonly path: string;
  /** What our plan says; absent for nothing. */
  readonly planned?: unknown;
  /** What the server says; absent for nothing. */
  readonly server?: unknown;
}

/** A warning of the server about an object. */
export interface ObjectWarning {
  readonly id: ObjectId;
  readonly message: string;
}

/**
 * A plan as it was reviewed: digests of what is applied and of what was there, that tell whether it still holds, and give
 * away no value.
 */
export interface ReviewedPlan {
  /** What the digests are keyed with. */
  readonly salt: string;
  /** The server that it was made for. */
  readonly server: string;
  readonly name: string;
  readonly namespace: string;
  /** By object, as `Deployment.apps shop/web`. */
  readonly objects: Readonly<Record<string, ReviewedObject>>;
}

/** One object of a reviewed plan. */
export interface ReviewedObject {
  /** `created`, `updated`, `deleted`. */
  readonly effect: string;
  /** Digest of what is applied; absent for an object that is deleted. */
  readonly after?: string;
  /** Digest of the fields that were there and that matter; absent for one that was not there. */
  readonly before?: string;
}

/** How one object does while it is waited for. */
export interface Progress {
  readonly id: ObjectId;
  readonly state: 'ready' | 'progressing' | 'failed';
  /** What it waits for, or why it failed; empty where there is nothing to tell. */
  readonly message: string;
  /** Of a workload: its pods. */
  readonly status?: WorkloadStatus;
}

/** A step while a set is applied. */
export type ApplyEvent =
  | { readonly type: 'planned'; readonly plan: ApplyPlan }
  /** Objects to apply that are being deleted: they are waited for before anything is planned. */
  | { readonly type: 'held'; readonly held: readonly HeldObject[] }
  /** The objects of a wave are sent; waves count from 1. */
  | {
      readonly type: 'wave';
      readonly wave: number;
      readonly waves: number;
      readonly ids: readonly ObjectId[];
    }
  | {
      readonly type: 'written';
      readonly id: ObjectId;
      readonly how: Written;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'refused'; readonly refused: RefusedObject }
  | { readonly type: 'pruned'; readonly id: ObjectId }
  /** All objects that are waited for, whenever one has changed. */
  | { readonly type: 'progress'; readonly progress: readonly Progress[] }
  | { readonly type: 'rolling-back' };

/** How an object was written. */
export type Written = 'created' | 'updated' | 'recreated';

/**
 * How it ended: `applied`; `declined` by `confirm`; `refused` in the plan, so that nothing was written; `failed` in
 * between, or by an object that does not get ready; `interrupted` by the signal.
 */
export type ApplyOutcome = 'applied' | 'declined' | 'refused' | 'failed' | 'interrupted';

/** What applying came to. */
export interface ApplyResult {
  readonly outcome: ApplyOutcome;
  readonly plan: ApplyPlan;
  readonly written: readonly { readonly id: ObjectId; readonly how: Written }[];
  /** Objects that are as they should be, and were not sent. */
  readonly unchanged: readonly ObjectId[];
  readonly pruned: readonly ObjectId[];
  /** Objects that were refused, or did not get ready. */
  readonly failed: readonly FailedObject[];
  /** Objects that were not sent, since something before them failed. */
  readonly unsent: readonly ObjectId[];
  /** Where the server stored something else than planned, of objects that it had not tried; absent if nowhere. */
  readonly differences?: readonly PlanDifference[];
  /** What ended it in between, where it is about no object. */
  readonly error?: string;
  /** Why a reviewed plan no longer holds, in sentences. */
  readonly outdated?: readonly string[];
  /** Whether what was there before was applied again. */
  readonly rolledBack?: boolean;
  /** Objects that were applied again and are not ready; absent where they were not waited for. */
  readonly unready?: readonly FailedObject[];
  /** The revision under which this was recorded in the cluster. */
  readonly revision?: number;
}

/** An object that could not be applied, or did not get ready. */
export interface FailedObject {
  readonly id: ObjectId;
  /** In one line: what a person would look for. */
  readonly reason: string;
  /** What else is known: events, the last lines of a log. */
  readonly lines: readonly string[];
}
