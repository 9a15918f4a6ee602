import { isSlipOfAny } from '../../kube/slip';
import type { Field } from '../../manifest/field';
import type { Naming, Target } from '../reference';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';

/** A field by whose name alone it is known what it names. */
interface Shape {
  readonly role: Naming;
  readonly kind: string;
  readonly group?: string;
  /** The field of the value that has the name; none where the value is the name itself. */
  readonly name?: string;
  /** Whether it is in no namespace. */
  readonly isClusterScoped?: true;
}

/** The fields of pods and containers, which custom kinds take over by name. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['configMapKeyRef', { role: 'config-map', kind: 'ConfigMap', name: 'name' }],
  ['configMapRef', { role: 'config-map', kind: 'ConfigMap', name: 'name' }],
  ['secretKeyRef', { role: 'secret', kind: 'Secret', name: 'name' }],
  ['secretRef', { role: 'secret', kind: 'Secret', name: 'name' }],
  ['secretName', { role: 'secret', kind: 'Secret' }],
  ['claimName', { role: 'claim', kind: 'PersistentVolumeClaim' }],
  ['serviceAccountName', { role: 'service-account', kind: 'ServiceAccount' }],
  [
    'priorityClassName',
    { role: 'priority-class', kind: 'PriorityClass', group: 'scheduling.k8s.io', isClusterScoped: true },
  ],
  [
    'runtimeClassName',
    { role: 'runtime-class', kind: 'RuntimeClass', group: 'node.k8s.io', isClusterScoped: true },
  ],
]);

/**
 * References of a kind that nothing is known of, by the names of its fields: what pods are made of says what it does. What
 * a `configMapKeyRef` of a variable names has to be there; a `secretName` alone may name what a controller will create, so
 * that it is a reference where there is such an object, or one of nearly that name.
 */
export const shapes: ReferenceSource = (collect, object) => {
  const parts = Object.keys(object.record).filter((name) => !IDENTITY.has(name));
  const waiting = parts.map((name) => object.child(name)).reverse();
  for (let field = waiting.pop(); field !== undefined; field = waiting.pop()) {
    const at = field;
    ofShape(collect, at);
    const below = Array.isArray(at.value) ? at.items : Object.keys(at.record).map((name) => at.child(name));
    waiting.push(...below.reverse());
  }
};

const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function ofShape(collect: ReferenceCollector, field: Field): void {
  if (field.name === 'imagePullSecrets') {
    for (const secret of field.items) add(collect, PULL_SECRET, secret);
    return;
  }
  const shape = SHAPES.get(field.name);
  if (shape !== undefined) add(collect, shape, field);
  // The sources of volumes: elsewhere, these names mean anything.
  if (field.name === 'configMap' && isOfVolume(field)) add(collect, CONFIG_MAP, field);
  if (field.name === 'secret' && isOfProjected(field)) add(collect, SECRET, field);
}

const PULL_SECRET: Shape = { role: 'pull-secret', kind: 'Secret', name: 'name' };
const CONFIG_MAP: Shape = { role: 'config-map', kind: 'ConfigMap', name: 'name' };
const SECRET: Shape = { role: 'secret', kind: 'Secret', name: 'name' };

function isOfVolume(field: Field): boolean {
  return /olumes\[\d+\]\.(projected\.sources\[\d+\]\.)?configMap$|\.sources\[\d+\]\.configMap$/.test(
    field.path,
  );
}

function isOfProjected(field: Field): boolean {
  return /\.projected\.sources\[\d+\]\.secret$/.test(field.path);
}

/** Where pods would not start without the object: variables and volumes, whatever the list of volumes is called. */
const NEEDED =
  /\.valueFrom\.|\.envFrom\[|olumes\[\d+\]\.(configMap$|secret\.|persistentVolumeClaim\.|projected\.sources\[)/;

/**
 * Whether a name that nobody has is a mistake: pods need the object, the set has accounts of that namespace, or one whose
 * name is nearly this.
 */
function isExpected(collect: ReferenceCollector, field: Field, target: Target): boolean {
  if (NEEDED.test(field.path)) return true;
  const names = collect.world.names(target);
  if (target.kind === 'ServiceAccount' && names.size > 0) return true;
  return isSlipOfAny(target.name, names);
}

function add(collect: ReferenceCollector, shape: Shape, field: Field): void {
  const at = shape.name === undefined ? field : field.child(shape.name);
  if (at.text === '') return;
  const namespace = (shape.name !== undefined && field.child('namespace').text) || collect.namespace;
  const target: Target = {
    group: shape.group ?? '',
    kind: shape.kind,
    name: at.text,
    ...(shape.isClusterScoped !== true && { namespace }),
  };
  const found = collect.world.find(target);
  const isOwn = found?.manifest === collect.from;
  if (isOwn || (found === undefined && !isExpected(collect, field, target))) return;
  const key = field.child('key');
  const hasKey = shape.name !== undefined && field.name.endsWith('KeyRef');
  collect.name(shape.role, at, target, {
    optional: field.child('optional').isTrue,
    byShape: true,
    ...(hasKey && { part: { type: 'key', at: key } }),
  });
}
