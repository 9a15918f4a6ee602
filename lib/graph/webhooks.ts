import { meetsConditions } from '../apiserver/admission/policies/match-conditions';
import { matches, type LabelSelector } from '../kube/labels';
import type { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { objectsOf } from './objects';
import type { Pods } from './pods';
import { worldOf } from './references';
import { selectorAt } from './selectors';
import { serviceOf } from './services';
import type { World } from './world';

/** A webhook without whose answer the server refuses requests. */
export interface RequiredWebhook {
  readonly manifest: Manifest;
  readonly field: Field;
  /** The pods that answer, as far as they are known. */
  readonly servers: readonly Pods[];
}

/** A request that a webhook may be asked about. */
export interface WebhookRequest {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly operation: 'CREATE' | 'UPDATE';
  /** The namespace of the object; none where its kind has none. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
}

const ADMISSION = 'admissionregistration.k8s.io';

/** The webhooks with `failurePolicy: Fail`, which is the default of v1. */
export function requiredWebhooks(cluster: Cluster): readonly RequiredWebhook[] {
  const world = worldOf(cluster);
  const kinds = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
  return kinds
    .flatMap((kind) => objectsOf(cluster, `${ADMISSION}/${kind}`))
    .flatMap(({ manifest, root }) => root.list('webhooks').map((field) => ({ manifest, field })))
    .filter(({ field }) => field.child('failurePolicy').text !== 'Ignore')
    .map((hook) => ({ ...hook, servers: serversOf(cluster, world, hook.field) }));
}

function serversOf(cluster: Cluster, world: World, field: Field): readonly Pods[] {
  const ref = field.at('clientConfig', 'service');
  const [name, namespace] = [ref.child('name').text, ref.child('namespace').text];
  const service = world.find({ group: '', kind: 'Service', namespace, name })?.manifest;
  return service === undefined ? [] : (serviceOf(cluster, service)?.pods ?? []);
}

/**
 * Whether the server asks a webhook about a request; false where that depends on what is not known, such as labels of a
 * namespace that is in no file.
 */
export function isAsked(cluster: Cluster, { field }: RequiredWebhook, request: WebhookRequest): boolean {
  if (!field.list('rules').some((rule) => isAbout(rule, request))) return false;
  const namespaces = selectorAt(field.child('namespaceSelector'));
  // Objects without a namespace are never left out by its labels.
  const { namespace } = request;
  if (
    namespaces !== undefined &&
    namespace !== undefined &&
    !takesNamespace(worldOf(cluster), namespaces, namespace)
  )
    return false;
  const objects = selectorAt(field.child('objectSelector'));
  if (objects !== undefined && !matches(objects, request.labels)) return false;
  const conditions = field.list('matchConditions').map((each) => each.child('expression').text);
  if (conditions.length === 0) return true;
  return meetsConditions(conditions, shownOf(request), cluster.kubernetes) === true;
}

/** Source: `Matcher` of k8s.io/apiserver `pkg/admission/plugin/webhook/predicates/rules`. */
export function isAbout(
  rule: Field,
  { group, version, resource, operation, namespace }: WebhookRequest,
): boolean {
  const has = (list: string, value: string): boolean => {
    const { texts } = rule.child(list);
    return texts.includes('*') || texts.includes(value);
  };
  const scope = rule.child('scope').text;
  if (scope === (namespace === undefined ? 'Namespaced' : 'Cluster')) return false;
  const isOf = rule.child('resources').texts.some((each) => ['*', '*/*', resource].includes(each));
  return isOf && has('apiGroups', group) && has('apiVersions', version) && has('operations', operation);
}

const NAME = 'kubernetes.io/metadata.name';

function takesNamespace(world: World, selector: LabelSelector, name: string): boolean {
  const known = world.labelsOf(name);
  if (known !== undefined) return matches(selector, known);
  const isExempt = (selector.matchExpressions ?? []).some(
    ({ key, operator }) => key !== NAME && ['NotIn', 'DoesNotExist'].includes(operator),
  );
  // Whoever installs the webhook may have labelled the namespace.
  return !isExempt && matches(selector, { [NAME]: name });
}

/** The request as match conditions see it; nothing is known of its user. */
function shownOf({ group, version, kind, resource, operation, namespace, labels }: WebhookRequest) {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const place = namespace === undefined ? {} : { namespace };
  return {
    object: { apiVersion, kind, metadata: { name: 'a', ...place, labels } },
    request: {
      kind: { group, version, kind },
      resource: { group, version, resource },
      ...place,
      operation,
      name: 'a',
    },
  };
}
