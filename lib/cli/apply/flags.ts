import type { ApplyPrinter } from '../../report/apply/report';
import type { Format } from '../../report/format';
import type { SourceFlags } from '../cluster/manifests';
import type { ClusterFlags } from '../options/cluster';
import type { Limit } from './limits';

/** The options of `seaworthy apply`. */
export interface ApplyFlags extends Omit<SourceFlags, 'timeout'>, ClusterFlags {
  readonly name?: string;
  readonly namespace?: string;
  /** Whether nobody is asked. @default false */
  readonly yes?: boolean;
  /** File of the reviewed plan that is applied. */
  readonly plan?: string;
  /** File that the plan is written to, instead of being applied. */
  readonly writePlan?: string;
  readonly takeOwnership?: readonly string[];
  readonly recreate?: readonly string[];
  readonly allowDataLoss?: readonly string[];
  /** Whether the server tries each new object. @default false */
  readonly tryAll?: boolean;
  /** @default true */
  readonly prune?: boolean;
  /** Time limits of objects. */
  readonly timeout?: readonly Limit[];
  /** @default true */
  readonly wait?: boolean;
  readonly rollbackOnFailure?: boolean;
  readonly output?: Format<ApplyPrinter>['name'];
  /** Whether the plan shows all objects and fields. */
  readonly full?: boolean;
}
