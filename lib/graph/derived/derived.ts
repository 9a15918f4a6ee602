import type { Field } from '../../manifest/field';
import type { Target } from '../reference';

/** An object that the controller of another one makes. */
export interface Derived {
  readonly target: Target;
  /** The keys of a ConfigMap or Secret; absent where only the controller knows. */
  readonly keys?: readonly string[];
}

/** Says what the controllers of an object make of it. */
export type Deriver = (object: Field, name: string, namespace: string) => readonly Derived[];

export function secret(name: string, namespace: string): Target {
  return { group: '', kind: 'Secret', namespace, name };
}

export function service(name: string, namespace: string): Target {
  return { group: '', kind: 'Service', namespace, name };
}
