import type { HelmRelease } from '../../manifest/helm-release';
import type { Manifest } from '../../manifest/manifest';

/** A release, with the objects that it is rendered to. */
export interface Included {
  readonly release: HelmRelease;
  /** What Flux calls it. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly stage: number;
}
