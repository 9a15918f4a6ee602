import { groupOf, type Manifest } from '../../manifest/manifest';
import { namespaceOf } from '../namespace';
import { Field } from '../../manifest/field';
import { certificateMakers } from './certificates';
import { databaseMakers } from './databases';
import { deployers } from './deployers';
import { flagger } from './flagger';
import type { Derived, Maker, Scope } from './maker';
import { monitoringMakers } from './monitoring';
import { secretMakers } from './secret-makers';
import { connection } from './secrets';

/** What the controllers of well-known software make of their resources: a row for each kind, with its source. */
export const MAKERS: readonly Maker[] = [
  ...[...secretMakers, ...certificateMakers].map((maker) => ({ isWhole: true, ...maker })),
  ...databaseMakers,
  ...monitoringMakers,
  ...deployers,
  flagger,
];

const BY_KIND: ReadonlyMap<string, Maker> = new Map(MAKERS.map((maker) => [maker.kind, maker]));

/** The row of the table for the kind of an object. */
export function makerOf({ id: { apiVersion, kind } }: Manifest): Maker | undefined {
  return BY_KIND.get(`${groupOf(apiVersion)}/${kind}`);
}

/** What the controllers of well-known software make of `manifest`, by name. */
export function derivedFrom(manifest: Manifest): readonly Derived[] {
  const maker = makerOf(manifest);
  const makes = maker === undefined ? connection : maker.makes;
  return makes?.(Field.root(manifest.object), manifest.id.name, namespaceOf(manifest)) ?? [];
}

/** Where the controller of `manifest` makes objects that it does not name; none where it makes none. */
export function openScope(manifest: Manifest): Scope | undefined {
  return makerOf(manifest)?.opens?.(Field.root(manifest.object), manifest.id.namespace);
}
