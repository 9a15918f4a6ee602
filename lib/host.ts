import type { ChartValue } from './manifest/chart-value';
import type { Manifest } from './manifest/manifest';
import type { Layout } from './output/layout';
import type { PinUse } from './pins/pins';
import type { ClusterProfile } from './profiles/cluster-profile';

/** What an app hands to its host. */
export interface AppResult {
  readonly name?: string;
  readonly outdir: string;
  readonly layout?: Layout;
  readonly annotations?: 'construct';
  readonly keepGenerations?: number;
  /** Profiles of the clusters, by the name of their environment. */
  readonly clusters: Readonly<Record<string, ClusterProfile>>;
  /** The locks of sealed values that have changed: their text, by absolute path. */
  readonly locks?: Readonly<Record<string, string>>;
  /** The pins that the app has read. @default none */
  readonly pins?: PinUse;
  /** What users of a chart can set, as the app declares it. @default nothing */
  readonly values?: readonly ChartValue[];
  readonly manifests: readonly Manifest[];
}

/** Who runs the app, such as the command line: it takes the result instead of files being written. */
export interface Host {
  /** What apps read instead of their pins file. */
  readonly pins?: string;
  /** Hears how many objects an app is about to render. @default nobody asks */
  expect?(objects: number): void;
  receive(result: AppResult): void;
}

/**
 * The property of `globalThis` that holds the host. The symbol is registered: the app may run another installed copy of
 * the package than the command line, and finds the same host.
 */
const HOST = Symbol.for('seaworthy.host');

/** The host of this process; nothing where the app runs on its own. */
export function currentHost(): Host | undefined {
  return (globalThis as { readonly [HOST]?: Host })[HOST];
}

/** Makes `host` take the results of every app in this process. @returns removes it again */
export function installHost(host: Host): () => void {
  Object.defineProperty(globalThis, HOST, { value: host, configurable: true });
  return () => void Reflect.deleteProperty(globalThis, HOST);
}
