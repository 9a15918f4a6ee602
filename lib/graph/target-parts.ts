import { Field } from '../manifest/field';
import type { Part } from './reference';
import type { Found } from './world';

const TOKEN_KEYS = ['ca.crt', 'namespace', 'token'];

type Parts = readonly (string | number)[] | undefined;

const known = new WeakMap<Found, Map<Part['type'], Parts>>();

/** The keys, ports or listeners of a target, read once; `undefined` if they are unknown. */
export function partsOf(type: Part['type'], found: Found): Parts {
  const parts = known.get(found) ?? new Map<Part['type'], Parts>();
  known.set(found, parts);
  if (!parts.has(type)) parts.set(type, readParts(type, found));
  return parts.get(type);
}

function readParts(type: Part['type'], found: Found): Parts {
  const { manifest, derived } = found;
  if (derived !== undefined) return type === 'key' ? derived.keys : undefined;
  if (manifest === undefined) return undefined;
  switch (type) {
    case 'key':
      return ofAll(found, (each) => keysOf(each, found.resolution === 'assumed'));
    case 'port':
      return ofAll(found, portsOf);
    case 'listener':
      return ofAll(found, (object) => object.list('spec', 'listeners').map((each) => each.at('name').text));
    case 'subset':
      return undefined;
  }
}

/** The parts of all objects of one name: which of them counts is not known, so that none is missed. */
function ofAll({ manifest, others = [] }: Found, read: (object: Field) => Parts): Parts {
  const all = [...(manifest === undefined ? [] : [manifest]), ...others].map((each) =>
    read(Field.root(each.object)),
  );
  return all.reduce((known, own) => known && own && [...known, ...own], []);
}

/** Whether `value` is one of the parts: a name as text, a number as a number. */
export function hasPart(parts: readonly (string | number)[], value: string | number): boolean {
  if (parts.length <= 8) return parts.includes(value);
  const set = sets.get(parts) ?? new Set(parts);
  sets.set(parts, set);
  return set.has(value);
}

const sets = new WeakMap<readonly (string | number)[], ReadonlySet<string | number>>();

/** What asks controllers of OpenShift to add certificates to a ConfigMap, under a key that they choose. */
const INJECTED = [
  // openshift/cluster-network-operator: pkg/names/names.go
  ['labels', 'config.openshift.io/inject-trusted-cabundle'],
  // openshift/service-ca-operator: pkg/controller/api/api.go
  ['annotations', 'service.beta.openshift.io/inject-cabundle'],
] as const;

/**
 * The keys of a ConfigMap or Secret; `undefined` for an assumed object without data, and for one without any: whoever keeps
 * values out of the manifests fills it in the cluster.
 */
function keysOf(object: Field, isAssumed: boolean): readonly string[] | undefined {
  const maps = ['data', 'binaryData', 'stringData'].map((name) => object.at(name));
  if (isAssumed && !maps.some((map) => map.isSet)) return undefined;
  const isEmpty = maps.every((map) => Object.keys(map.record).length === 0);
  const token = object.at('type').text === 'kubernetes.io/service-account-token' ? TOKEN_KEYS : [];
  if (isEmpty && !isAssumed && token.length === 0) return undefined;
  if (INJECTED.some(([map, key]) => object.at('metadata', map, key).isSet)) return undefined;
  return [...maps.flatMap((map) => Object.keys(map.record)), ...token];
}

/** The names and numbers of a Service's ports; `undefined` for type ExternalName. */
function portsOf(object: Field): readonly (string | number)[] | undefined {
  const spec = object.at('spec');
  if (spec.at('type').text === 'ExternalName') return undefined;
  return spec.list('ports').flatMap((port) => {
    const name = port.at('name').text;
    const number = port.at('port').value;
    return [...(name === '' ? [] : [name]), ...(typeof number === 'number' ? [number] : [])];
  });
}
