import { ApiObject, Chart as Cdk8sChart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { releaseKey, type HelmRelease } from '../../manifest/helm-release';
import type { KubeObject } from '../../manifest/manifest';
import { keep } from '../core/keep';
import { nameOf } from '../core/names';
import { isMisshapen, reporter } from '../core/problems';
import { nonEmpty } from '../core/props';
import { shaped } from '../core/shaped';
import { inScope } from '../core/scope';
import { suppress } from '../core/suppress';
import { PROPS, type HelmChartProps } from './chart-props';
import { RELEASE_LENGTH, releaseFrom } from './release-from';
import { markCharted } from './releases';
import { renderChart } from './render-chart';

/**
 * A Helm chart of others: one version of it, with values. It is rendered by the program `helm`, with the release of Kubernetes
 * and the installed software of the profile, so that its objects are checked, planned and written like all others. With the
 * option `helmReleases`, the target `flux` writes a HelmRelease instead.
 *
 * | object | when | why |
 * |---|---|---|
 * | those of the chart | always | but hooks that run on tests, rollback or deletion only |
 */
export class HelmChart extends Construct {
  /** Name of the release. */
  readonly releaseName: string;
  /** Namespace that it is installed to. */
  readonly namespace: string | undefined;
  /** The objects of the chart, as cdk8s has them. */
  readonly apiObjects: readonly ApiObject[] = [];

  constructor(scope: Construct, id: string, given: HelmChartProps) {
    super(inScope(scope, id, new.target), id);
    const props = shaped(this, given, PROPS);
    this.releaseName = props.release ?? nameOf(this, RELEASE_LENGTH);
    this.namespace = props.namespace ?? Cdk8sChart.of(this).namespace;
    if (isMisshapen(this)) return;
    const release = releaseFrom(props, this.releaseName, this.namespace, reporter(this));
    if (release !== undefined) this.apiObjects = this.#objects(release, props);
    released.set(this, release);
  }

  /** Keeps its objects in the cluster when they are no longer rendered; see `keep`. */
  keep(): this {
    keep(this);
    return this;
  }

  /** Accepts the findings of a rule of `check` about its objects; see `suppress`. */
  suppress(rule: string, reason: string): this {
    suppress(this, rule, reason);
    return this;
  }

  #objects(release: HelmRelease, { folder, helm = 'helm' }: HelmChartProps): readonly ApiObject[] {
    const objects = renderChart(this, release, { folder, helm });
    let nameless = 0;
    const placed = (): HelmRelease => ({ ...release, ...nonEmpty('after', releasesBefore(this)) });
    return objects.map((object: KubeObject) => {
      const { kind, metadata } = object;
      const name = metadata.name ?? `object${nameless++}`;
      // As cdk8s calls what an Include has.
      const id = [name, kind.toLowerCase(), metadata.namespace]
        .filter((each) => each !== undefined)
        .join('-');
      const made = new ApiObject(this, unused(this, id), object);
      markCharted(made, { release: placed, object });
      return made;
    });
  }
}

/** Synth reports two objects of one identity with both their places. */
function unused({ node }: Construct, id: string): string {
  let number = 1;
  while (node.tryFindChild(number === 1 ? id : `${id}-${number}`) !== undefined) number++;
  return number === 1 ? id : `${id}-${number}`;
}

/** The releases of charts, as far as their props say which. */
const released = new WeakMap<IConstruct, HelmRelease | undefined>();

/** The releases in what a chart depends on by `node.addDependency`. */
function releasesBefore(chart: HelmChart): readonly string[] {
  const keys = new Set<string>();
  for (let at: IConstruct | undefined = chart; at !== undefined; at = at.node.scope)
    for (const other of at.node.dependencies)
      for (const each of other.node.findAll()) {
        const release = released.get(each);
        if (release !== undefined) keys.add(releaseKey(release));
      }
  return [...keys].sort();
}
