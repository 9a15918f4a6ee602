import type { ApplyResult } from '../../cluster/apply/types';
import type { Paint } from '../paint';

/** What `seaworthy apply` prints at its end. */
export interface ApplyReport {
  /** The context of the kubeconfig, and the server that it names. */
  readonly cluster: { readonly context: string; readonly server: string; readonly version: string };
  /** The application, empty for none; and the namespace of its record. */
  readonly name: string;
  readonly namespace: string;
  readonly result: ApplyResult;
}

export type ApplyPrinter = (report: ApplyReport, paint: Paint) => string;
