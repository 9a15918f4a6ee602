import type { Field } from '../../manifest/field';
import type { Target } from '../reference';

/** An object that the controller of another one makes. Without a namespace it is in each of them. */
export interface Derived {
  readonly target: Target;
  /** The keys of a ConfigMap or Secret; absent where only the controller knows. */
  readonly keys?: readonly string[];
}

/** Says what the controllers of an object make of it. */
export type Deriver = (object: Field, name: string, namespace: string) => readonly Derived[];

/** Where a controller makes objects of any kind and name: those of a chart, or of a repository. */
export interface Scope {
  /** The namespace of the objects; absent where they may be in any. */
  readonly namespace?: string;
  /** API groups of which it makes none. */
  readonly except?: readonly string[];
  /** The only kind that it makes; absent for any. */
  readonly kind?: string;
}

/** A kind of object of which a controller makes others: a row of the table. */
export interface Maker {
  /** Group and kind: `bitnami.com/SealedSecret`. */
  readonly kind: string;
  /** The page or the definition that says so. */
  readonly source: string;
  /** The objects whose names the object says. */
  readonly makes?: Deriver;
  /** Whether it makes nothing but that. */
  readonly isWhole?: boolean;
  /** Where it makes objects that this one does not name. `namespace` is its own, if it says it. */
  readonly opens?: (object: Field, namespace: string | undefined) => Scope | undefined;
}

export function secret(name: string, namespace: string): Target {
  return { group: '', kind: 'Secret', namespace, name };
}

export function configMap(name: string, namespace: string): Target {
  return { group: '', kind: 'ConfigMap', namespace, name };
}

export function service(name: string, namespace: string): Target {
  return { group: '', kind: 'Service', namespace, name };
}

/** The object with the name at a field, if there is one there. */
export function named(
  make: (name: string, namespace: string) => Target,
  at: Field,
  namespace: string,
  keys?: readonly string[],
): Derived[] {
  if (at.text === '') return [];
  return [{ target: make(at.text, namespace), ...(keys !== undefined && { keys }) }];
}
