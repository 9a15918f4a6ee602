import { isAlias, isMap, isScalar, isSeq, visit, type Node, type YAMLMap } from 'yaml';
import { at, entriesOf, entry, type Edits, type Entry } from './edits';

/**
 * Moves the fields of an object to where its new version has them. Returns what has to be done by hand instead, where it cannot
 * be done without a choice.
 */
export type Move = (object: YAMLMap, edits: Edits) => string | undefined;

/** The items of a list that are maps. */
function mapsIn(node: unknown): readonly YAMLMap[] {
  return isSeq(node) ? node.items.filter((item) => isMap(item)) : [];
}

/** Whether a part of a document stands elsewhere, or is merged from there: a change would not be of it alone. */
function hasAlias(node: Node): boolean {
  let found = isAlias(node);
  visit(node, {
    Alias: () => {
      found = true;
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<') found = true;
    },
  });
  return found;
}

/** `move`, for objects without aliases. */
const withoutAliases =
  (move: Move): Move =>
  (object, edits) =>
    hasAlias(object) ? 'it has aliases; write their values out, then try again' : move(object, edits);

/**
 * Ingress of networking.k8s.io/v1: backends name their Service and its port apart, and each path has a type.
 *
 * Source: "Ingress" in the Deprecated API Migration Guide of Kubernetes, release 1.22; without a type, a path was
 * ImplementationSpecific (`SetDefaults_HTTPIngressPath` of networking/v1beta1).
 */
export const ingress: Move = withoutAliases((object, edits) => {
  const spec = at(object, 'spec');
  const fallback = entry(spec, 'backend');
  if (fallback !== undefined) edits.replace(fallback.key, 'defaultBackend');
  const wrong = [fallback?.value, ...mapsIn(at(spec, 'rules')).flatMap((rule) => backendsOf(rule, edits))]
    .map((backend) => moveBackend(backend, edits))
    .find((each) => each !== undefined);
  return wrong;
});

function backendsOf(rule: YAMLMap, edits: Edits): readonly (Node | null | undefined)[] {
  return mapsIn(at(rule, 'http', 'paths')).map((path) => {
    if (entry(path, 'pathType') === undefined) edits.prepend(path, 'pathType: ImplementationSpecific');
    return at(path, 'backend');
  });
}

function moveBackend(backend: unknown, edits: Edits): string | undefined {
  const [name, port] = [entry(backend, 'serviceName'), entry(backend, 'servicePort')];
  if (!isMap(backend) || (name === undefined && port === undefined)) return undefined;
  const isText = isScalar(port?.value) && typeof port.value.value === 'string';
  const kind = isText ? 'name' : 'number';
  if (backend.flow === true) {
    const parts = [
      ...(name?.value ? [`name: ${edits.source(name.value)}`] : []),
      ...(port?.value ? [`port: { ${kind}: ${edits.source(port.value)} }`] : []),
    ];
    const others = entriesOf(backend).filter((each) => each !== name && each !== port);
    if (others.length > 0) return 'a backend has other fields; write service: { name, port: { number } }';
    edits.replace(backend, `{ service: { ${parts.join(', ')} } }`);
    return undefined;
  }
  const own = entriesOf(backend).filter((each) => each === name || each === port);
  if (own.length !== entriesOf(backend).length)
    return 'a backend has other fields; write service: { name, port: { number } }';
  own.forEach((each, index) => {
    const inner = each === name ? 'name' : `port:\n${' '.repeat(edits.columnOf(each) + 4)}${kind}`;
    edits.nest(each, 'service', inner, index === 0);
  });
  return undefined;
}

/** What the metrics of autoscaling/v2beta1 call a target: its type and field in v2. */
const TARGETS: Readonly<Record<string, readonly [type: string, field: string]>> = {
  targetAverageUtilization: ['Utilization', 'averageUtilization'],
  targetAverageValue: ['AverageValue', 'averageValue'],
  averageValue: ['AverageValue', 'averageValue'],
  targetValue: ['Value', 'value'],
};

/**
 * HorizontalPodAutoscaler of autoscaling/v2: targets are maps with a type.
 *
 * Source: "HorizontalPodAutoscaler" in the Deprecated API Migration Guide of Kubernetes, release 1.25, and
 * `pkg/apis/autoscaling/v2beta1/conversion.go`.
 */
export const autoscaler: Move = withoutAliases((object, edits) => {
  for (const metric of mapsIn(at(object, 'spec', 'metrics'))) {
    for (const [kind, source] of entriesOf(metric).map((each) => [each.key.value, each.value] as const)) {
      if (kind === 'type' || !isMap(source)) continue;
      const wrong = moveMetric(kind, source, edits);
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
});

const BY_HAND =
  'write its metrics as `target: { type, value }`, and the names of metrics as `metric: { name, selector }`';

function moveMetric(kind: string, source: YAMLMap, edits: Edits): string | undefined {
  const entries = entriesOf(source);
  const targets = entries.filter(({ key }) => Object.hasOwn(TARGETS, key.value));
  const isPlain = targets.every(({ value }) => isScalar(value)) && source.flow !== true;
  if (!isPlain || targets.length !== 1 || entry(source, 'selector') !== undefined) return BY_HAND;
  const name = entry(source, 'metricName');
  const selector = entry(source, 'metricSelector');
  // Both go into one map.
  if (
    selector !== undefined &&
    (name === undefined || entries.indexOf(selector) !== entries.indexOf(name) + 1)
  )
    return BY_HAND;
  const described = kind === 'object' ? entry(source, 'target') : undefined;
  if (described !== undefined) edits.replace(described.key, 'describedObject');
  if (name !== undefined) edits.nest(name, 'metric', 'name');
  if (selector !== undefined) edits.nest(selector, 'metric', 'selector', false);
  for (const target of targets) moveTarget(target, edits);
  return undefined;
}

function moveTarget(target: Entry, edits: Edits): void {
  const [type, field] = TARGETS[target.key.value] ?? ['', ''];
  edits.nest(target, 'target', `type: ${type}\n${' '.repeat(edits.columnOf(target) + 2)}${field}`);
}

/**
 * PriorityLevelConfiguration of flowcontrol v1beta3 and v1.
 *
 * Source: "Flow control resources" in the Deprecated API Migration Guide of Kubernetes, releases 1.29 and 1.32: no shares at all
 * were 30 shares before v1.
 */
export const priorityLevel: Move = withoutAliases((object, edits) => {
  const limited = at(object, 'spec', 'limited');
  const shares = entry(limited, 'assuredConcurrencyShares');
  if (shares !== undefined) edits.replace(shares.key, 'nominalConcurrencyShares');
  const given = shares?.value ?? at(limited, 'nominalConcurrencyShares');
  return isScalar(given) && given.value === 0
    ? 'nominalConcurrencyShares: 0 was 30 before v1, and is 0 now; write the number that you mean'
    : undefined;
});

/**
 * PodDisruptionBudget of policy/v1.
 *
 * Source: "PodDisruptionBudget" in the Deprecated API Migration Guide of Kubernetes, release 1.25.
 */
export const disruptionBudget: Move = (object) => {
  const selector = at(object, 'spec', 'selector');
  return isMap(selector) && selector.items.length === 0
    ? 'an empty selector selected no pods, and selects all of the namespace in policy/v1; write the labels that you mean'
    : undefined;
};

/** EndpointSlice of discovery.k8s.io/v1 has no topology. */
export const endpointSlice: Move = (object) =>
  mapsIn(at(object, 'endpoints')).some((each) => entry(each, 'topology') !== undefined)
    ? 'write `nodeName` and `zone` instead of the topology of endpoints'
    : undefined;
