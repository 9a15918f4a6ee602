import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isDeepStrictEqual } from 'node:util';
import type { HelmRelease } from '../../manifest/helm-release';
import type { KubeObject, Manifest } from '../../manifest/manifest';

/** An object of a chart, as the chart renders it. */
interface Charted {
  /** Asked when all dependencies are declared. */
  readonly release: () => HelmRelease;
  readonly object: KubeObject;
}

const charted = new WeakMap<IConstruct, Charted>();

/** Remembers of which release an object is, and how the chart renders it. */
export function markCharted(construct: ApiObject, about: Charted): void {
  charted.set(construct, about);
}

/** What is known of an object that is rendered as `object` now; nothing where it is of no chart. */
export function chartedAs(construct: ApiObject, object: KubeObject): Pick<Manifest, 'release' | 'charted'> {
  const found = charted.get(construct);
  if (found === undefined) return {};
  const { release, object: before } = found;
  return { release: release(), ...(!isDeepStrictEqual(before, object) && { charted: before }) };
}
