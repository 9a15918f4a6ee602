import type { CrdPolicy } from '../../manifest/helm-release';
import { choice, kubernetesObject, record, text } from '../core/shapes';

/** Props of a HelmChart. */
export interface HelmChartProps {
  /** Name of the chart in its repository. @default what the folder says */
  readonly chart?: string;
  /** Address of the repository, which begins with `https://` or `oci://`. @default none: `folder` has the chart */
  readonly repository?: string;
  /** One version of the chart, such as `1.2.3`: no range. @default what the folder says */
  readonly version?: string;
  /**
   * A folder with the chart and those that it depends on, as `helm pull --untar` makes it, relative to the folder that the
   * app runs in. It is rendered instead of what the repository has, without a network.
   * @default the chart is fetched from `repository`
   */
  readonly folder?: string;
  /** Name of the release, at most 53 characters. @default the path of ids below the environment, joined by dashes */
  readonly release?: string;
  /** Namespace that it is installed to. @default the chart's */
  readonly namespace?: string;
  /** What the values of the chart are replaced by, as plain data. @default none are */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * Which CustomResourceDefinitions in the folder `crds` of the chart are applied: `Skip` leaves them out, `Create` lets Flux
   * create new ones only.
   * @default 'CreateReplace'
   */
  readonly crds?: CrdPolicy;
  /** Secret in the namespace of Flux, with the credentials of the repository. @default none */
  readonly repositorySecret?: string;
  /** The program that renders. @default 'helm' */
  readonly helm?: string;
}

export const PROPS = record<HelmChartProps>(
  {
    chart: text,
    repository: text,
    version: text,
    folder: text,
    release: text,
    namespace: text,
    values: kubernetesObject,
    crds: choice(['CreateReplace', 'Create', 'Skip']),
    repositorySecret: text,
    helm: text,
  },
  {
    expected: 'props',
    example: "{ chart: 'redis', repository: 'https://charts.example', version: '1.2.3' }",
    words: { releaseName: '`release`', repo: '`repository`', helmExecutable: '`helm`', path: '`folder`' },
  },
);
