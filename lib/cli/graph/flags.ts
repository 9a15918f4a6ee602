import type { GRAPH_FORMATS } from '../../report/graph/formats';
import type { Output } from '../options/reports';
import type { AppOptions } from '../project/project';

/** The options of `seaworthy graph`. */
export interface GraphFlags extends AppOptions {
  readonly environment?: string;
  readonly output?: readonly Output<(typeof GRAPH_FORMATS)[number]>[];
  /** Kind and name of an object, and before them its namespace where it takes that, with `/` between them. */
  readonly around?: string;
  readonly depth?: number;
  readonly kustomize?: boolean;
}
