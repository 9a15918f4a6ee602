import { isDeepStrictEqual } from 'node:util';
import { SeaworthyError, type Problem } from '../errors';
import { grouped } from '../kube/grouped';
import { definedKind } from '../manifest/defined-kind';
import { formatId, type Manifest } from '../manifest/manifest';

/**
 * Refuses definitions of which nobody knows which one the cluster has, such as those of two environments.
 *
 * @throws SeaworthyError AMBIGUOUS where two definitions of a kind differ
 */
export function refuseContested(assumed: readonly Manifest[]): void {
  const definitions = assumed.filter(({ id }) => id.kind === 'CustomResourceDefinition');
  const [first, ...more] = [...grouped(definitions, definedKind).values()].flatMap(contested);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

function contested([first, ...others]: readonly Manifest[]): Problem[] {
  const other = others.find((each) => !isDeepStrictEqual(each.object, first?.object));
  if (first === undefined || other === undefined) return [];
  const places = [first, other].flatMap(({ origin }) => origin?.source ?? []);
  const where = places.length === 2 ? `: ${places.join(' and ')}` : '';
  return [
    {
      code: 'AMBIGUOUS',
      place: formatId(first.id),
      message: `it is there more than once, and differs${where}; which one the cluster has is not known`,
      hint: 'Pass only the definitions of this cluster with --assume, and rehearse each environment by itself.',
    },
  ];
}
