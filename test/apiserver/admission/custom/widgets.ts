import { admit } from '../../../../lib/check/admit';
import type { Finding } from '../../../../lib/check/finding';

export type Plain = Record<string, unknown>;

/** A definition of Widgets, whose `spec` has the schema `spec`; `more` stands beside the schema of the version. */
export function definition(spec: Plain, more: Plain = {}): Plain {
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  return definitionOf([{ name: 'v1', served: true, storage: true, schema, ...more }]);
}

export function definitionOf(versions: readonly Plain[], scope = 'Namespaced'): Plain {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: { group: 'example.com', scope, names: { plural: 'widgets', kind: 'Widget' }, versions },
  };
}

export function widget(spec: unknown, more: Plain = {}): Plain {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec, ...more };
}

/** What is said of a Widget whose `spec` has the properties `properties`. */
export function judged(properties: Plain, spec: unknown, kubernetes?: string): Finding[] {
  const crds = [definition({ type: 'object', properties })];
  return admit(widget(spec), { crds, ...(kubernetes !== undefined && { kubernetes }) });
}

/** The paths that are complained about. */
export function paths(properties: Plain, spec: unknown, kubernetes?: string): string[] {
  return judged(properties, spec, kubernetes).map(({ path }) => path);
}

export const string = { type: 'string' };
export const integer = { type: 'integer' };

export function object(properties: Plain, more: Plain = {}): Plain {
  return { type: 'object', properties, ...more };
}

export function list(items: Plain, more: Plain = {}): Plain {
  return { type: 'array', items, ...more };
}
