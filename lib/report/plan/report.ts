import type { Drawing } from '../../draw/drawing';
import type { ApplyMethod } from '../../plan/apply-methods';
import type { Problem } from '../../errors';
import type { Change } from '../../plan/change';
import type { Paint } from '../paint';

/** One of the two that are compared. */
export interface PlanSide {
  /** What people call it: `dist/`, `the app`, `origin/main`. */
  readonly name: string;
  /** Of all objects on this side, for formats that tell it. */
  readonly hash?: string;
}

/** What becomes of the objects of one cluster. */
export interface PlanPart {
  /** App and environment, `shop/production`; empty where there is nothing to tell apart. */
  readonly place: string;
  readonly changes: readonly Change[];
  /**
   * Draws what changes and what hangs on it, for formats that show it.
   *
   * @default nothing is drawn: both sides are there, or nothing is known of the objects around
   */
  readonly blast?: () => Drawing;
}

/** A cluster as it is, with which manifests are compared. */
export interface LiveSide {
  /** The context of the kubeconfig. */
  readonly cluster: string;
  /** Who applies: fields of others are theirs. */
  readonly manager: string;
  /** Whether objects are known that the manifests no longer have. */
  readonly removed: 'known' | 'unknown';
  /** What the user may not read, and is not compared. */
  readonly unread: readonly {
    readonly resource: string;
    readonly namespace?: string;
    readonly names: readonly string[];
  }[];
}

/** What a plan came to. */
export interface PlanReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly parts: readonly PlanPart[];
  /**
   * `change`: one side takes the place of the other. `difference`: both are there, as two environments are; then nothing
   * follows from it.
   */
  readonly mode: 'change' | 'difference';
  /** How the objects are applied. */
  readonly apply: ApplyMethod;
  /** What the plan fails for, in words of `--fail-on`: `data-loss`. */
  readonly refused: readonly string[];
  /** Documents that cannot be read, and are not in the plan. @default none */
  readonly problems?: readonly Problem[];
  /** Whether every object and field is shown, however many there are. */
  readonly full: boolean;
  /** Of a plan over a cluster. */
  readonly live?: LiveSide;
}

/** Makes a text of a plan: pure, and ending in a line break. */
export type PlanPrinter = (report: PlanReport, paint: Paint) => string;
