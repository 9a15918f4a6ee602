/** Which definitions of a chart's folder `crds` are applied: none, those that are not there yet, or all. */
export type CrdPolicy = 'Skip' | 'Create' | 'CreateReplace';

/** A release of a Helm chart, as an app declares it. */
export interface HelmRelease {
  /** Its name, of at most 53 characters. */
  readonly name: string;
  /** Namespace that it is installed to. @default that of whoever applies it */
  readonly namespace?: string;
  /** Name of the chart. */
  readonly chart: string;
  /** Address of the repository, which begins with `https://` or `oci://`. @default none: the chart is in a folder of the app */
  readonly repository?: string;
  /** One version of the chart. */
  readonly version: string;
  /** What the values of the chart are replaced by. @default none are */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly crds: CrdPolicy;
  /** Secret with the credentials of the repository. @default none */
  readonly repositorySecret?: string;
  /** The releases that it depends on, as `releaseKey` has them. @default none */
  readonly after?: readonly string[];
}

/** What a release has for itself in a cluster. */
export function releaseKey({ name, namespace = '' }: Pick<HelmRelease, 'name' | 'namespace'>): string {
  return `${namespace}/${name}`;
}
