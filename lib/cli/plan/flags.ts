import type { Failure } from '../../plan/consequences/kinds';
import type { ApplyMethod } from '../../plan/apply-methods';
import type { PlanFormat } from '../../report/plan/formats';
import type { ClusterFlags } from '../options/cluster';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy plan`. */
export interface PlanFlags extends AppOptions, ClusterFlags {
  readonly environment?: string;
  readonly base?: string;
  readonly head?: string;
  readonly between?: readonly string[];
  readonly namespace?: string;
  /** Objects that the cluster has in addition, or snapshots of it. */
  readonly assume?: readonly string[];
  readonly kubernetes?: string;
  readonly apply?: ApplyMethod;
  readonly output?: readonly Output<PlanFormat>[];
  readonly out?: string;
  readonly full?: boolean;
  /** Whether each skipped file is named. */
  readonly verbose?: boolean;
  /** Whether kubectl builds kustomizations. @default true */
  readonly kustomize?: boolean;
  readonly failOn?: readonly Failure[];
  readonly detailedExitcode?: boolean;
  /** Whether the new side may have no objects, so that all are deleted. @default false */
  readonly allowEmpty?: boolean;
  /** Whether the app or files are compared with a cluster. @default false */
  readonly live?: boolean;
  /** Who applies to the cluster. @default who has applied most of the objects */
  readonly fieldManager?: string;
  /** Whether only fields are told, and nothing that follows from them. @default false */
  readonly bare?: boolean;
}
