import type { Failure } from '../../plan/consequences/kinds';
import type { ApplyMethod } from '../../plan/apply-methods';
import type { PromoteFormat } from '../../report/promote/formats';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy promote`. */
export interface PromoteFlags extends AppOptions {
  /** The pins that are moved. @default all */
  readonly only?: readonly string[];
  readonly backwards?: boolean;
  readonly dryRun?: boolean;
  /** Whether nobody is asked. @default false */
  readonly yes?: boolean;
  readonly commit?: boolean;
  readonly kubernetes?: string;
  readonly apply?: ApplyMethod;
  readonly output?: readonly Output<PromoteFormat>[];
  readonly full?: boolean;
  readonly failOn?: readonly Failure[];
  readonly detailedExitcode?: boolean;
}
