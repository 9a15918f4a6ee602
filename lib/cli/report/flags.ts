import type { AppOptions } from '../project/project';

/** The options of `seaworthy report`. */
export interface ReportFlags extends AppOptions {
  readonly environment?: string;
  /** The file of the page. @default stdout */
  readonly out?: string;
  /** A file or folder with what is in the cluster before: for files. */
  readonly before?: string;
  /** A revision with whose output the app is compared. */
  readonly base?: string;
  /** A file of nodes. */
  readonly nodes?: string;
  /** A file of pods that run already. */
  readonly pods?: string;
  /** The release to upgrade to. */
  readonly to?: string;
  /** The release to upgrade from. */
  readonly from?: string;
  readonly kubernetes?: string;
  readonly assume?: readonly string[];
  readonly kustomize?: boolean;
}
