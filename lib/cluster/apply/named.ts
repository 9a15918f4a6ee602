import { nearest, SeaworthyError } from '../../errors';
import { pluralOf } from '../../kube/kinds';
import { isSlip } from '../../kube/slip';
import { groupOf, type ObjectId } from '../../manifest/manifest';

/** A name that a person gives an object: `Deployment/web`, `deployments.apps/shop/web`. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** @throws SeaworthyError USAGE for what is no name of an object */
export function parseName(text: string, option: string): ObjectName {
  const [kind = '', ...rest] = text.split('/');
  const [name = '', namespace] = rest.reverse();
  if (kind !== '' && name !== '' && namespace !== '' && rest.length <= 2)
    return { kind: kind.toLowerCase(), name, ...(namespace !== undefined && { namespace }) };
  throw new SeaworthyError({
    code: 'USAGE',
    path: option,
    message: `expected kind and name, got '${text}'`,
    hint: 'For example Deployment/web, or Deployment/shop/web with the namespace.',
  });
}

export function matches({ kind, namespace, name }: ObjectName, id: ObjectId): boolean {
  if (name !== id.name || (namespace !== undefined && namespace !== id.namespace)) return false;
  const group = groupOf(id.apiVersion);
  const kinds = [id.kind.toLowerCase(), pluralOf(id.apiVersion, id.kind) ?? `${id.kind.toLowerCase()}s`];
  return kinds.some((each) => kind === each || kind === `${each}.${group}`);
}

/** The shortest name of an object by which an option takes it: `Deployment/web`. */
export function shortName({ kind, name }: ObjectId): string {
  return `${kind}/${name}`;
}

/**
 * Whether an object is one of those that an option names.
 *
 * @throws SeaworthyError USAGE
 */
export function namedBy(names: readonly string[], option: string): (id: ObjectId) => boolean {
  const parsed = names.map((text) => parseName(text, option));
  return (id) => parsed.some((name) => matches(name, id));
}

/**
 * Refuses names that fit none of some objects and are a slip of one of them. A name of nothing at all is borne: what may go
 * is gone in the next run.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseMisspelledNames(
  names: readonly string[],
  option: string,
  ids: readonly ObjectId[],
): void {
  const isMisspelled = (text: string): boolean => {
    const { kind, name } = parseName(text, option);
    return ids.some(
      (id) => isSlip(name, id.name, 2) || (name === id.name && isSlip(kind, id.kind.toLowerCase(), 2)),
    );
  };
  refuseUnknownNames(names.filter(isMisspelled), option, ids);
}

/**
 * Refuses names that fit none of some objects.
 *
 * @throws SeaworthyError USAGE
 */
export function refuseUnknownNames(names: readonly string[], option: string, ids: readonly ObjectId[]): void {
  for (const text of names) {
    const name = parseName(text, option);
    if (ids.some((id) => matches(name, id))) continue;
    const near = nearest(text, ids.map(shortName));
    throw new SeaworthyError({
      code: 'USAGE',
      path: option,
      message: `no object of the application is ${text}`,
      ...(near !== undefined && { hint: `Did you mean ${near}?` }),
    });
  }
}
