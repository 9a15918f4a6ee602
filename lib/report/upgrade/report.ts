import type { Manifest } from '../../manifest/manifest';
import type { UpgradedCluster } from '../../upgrade/result';
import type { Paint } from '../paint';

/** The way of one cluster, or of the objects of one folder. */
export interface UpgradePart extends UpgradedCluster {
  /** Name of the app, if it has one. */
  readonly app?: string;
  /** Name of the folder or file, where several are judged by themselves. */
  readonly folder?: string;
  /** The objects, whose secrets no report repeats. */
  readonly manifests: readonly Manifest[];
}

/** The rehearsal of an upgrade. */
export interface UpgradeReport {
  /** Version of Seaworthy. */
  readonly version: string;
  readonly parts: readonly UpgradePart[];
  /** The file that a finding without a place is shown at, in formats that need one. */
  readonly fallback: string;
}

/** Makes a text of a report: a pure function, whose result ends in a line break. */
export type UpgradePrinter = (report: UpgradeReport, paint: Paint) => string;

/** `shop, production`; empty for the only part. */
export function partName({ app, environment, folder }: UpgradePart): string {
  return [app, environment, folder].filter((each) => each !== undefined && each !== '').join(', ');
}
