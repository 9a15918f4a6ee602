import { matches } from '../kube/labels';
import { isClosed } from '../kube/rbac/resources';
import { Field } from '../manifest/field';
import { groupOf, type Manifest, type ObjectId } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { knownOf } from './objects';
import type { Pods } from './pods';
import { worldOf } from './references';
import { selectorAt } from './selectors';
import { isAbout, type WebhookRequest } from './webhooks';

/** What may change pods as they are created: a webhook, or a policy of an admission controller. */
interface Mutator {
  readonly manifest: Manifest;
  readonly isAsked: (pods: Pods) => boolean;
}

/**
 * What may change the pods of a workload as they are created, and so add what their template does not have: a webhook that
 * the API server may ask about them, or a policy that changes objects.
 */
export function podMutatorOf(cluster: Cluster, pods: Pods): Manifest | undefined {
  return cluster.derived(readMutators).find(({ isAsked }) => isAsked(pods))?.manifest;
}

const ADMISSION = 'admissionregistration.k8s.io';

/** Kinds of policies that change objects. What they apply to is written in languages of their own. */
const POLICIES = [
  `${ADMISSION}/MutatingAdmissionPolicy`,
  'mutations.gatekeeper.sh/Assign',
  'mutations.gatekeeper.sh/ModifySet',
  'policies.kyverno.io/MutatingPolicy',
];
/** Policies of Kyverno: they change objects if one of their rules says `mutate`. */
const KYVERNO = ['kyverno.io/ClusterPolicy', 'kyverno.io/Policy'];

/** More mutators than this are not looked at. */
const MOST = 100;

function readMutators(cluster: Cluster): readonly Mutator[] {
  const hooks = knownOf(cluster, `${ADMISSION}/MutatingWebhookConfiguration`).flatMap(({ manifest, root }) =>
    root
      .list('webhooks')
      .map((hook): Mutator => ({ manifest, isAsked: (pods) => mayAsk(cluster, hook, pods) })),
  );
  const policies = POLICIES.flatMap((kind) => knownOf(cluster, kind));
  const kyverno = KYVERNO.flatMap((kind) => knownOf(cluster, kind)).filter(({ root }) =>
    root.list('spec', 'rules').some((rule) => rule.child('mutate').isSet),
  );
  const others = [...policies, ...kyverno].map(({ manifest }): Mutator => ({
    manifest,
    isAsked: ({ namespace }) =>
      manifest.id.kind !== 'Policy' || (manifest.id.namespace ?? namespace) === namespace,
  }));
  return [...hooks, ...others].slice(0, MOST);
}

/** Whether the server may ask a webhook about new pods: true where that depends on what is not known. */
function mayAsk(cluster: Cluster, hook: Field, { namespace, labels }: Pods): boolean {
  const request: WebhookRequest = { ...POD, namespace, labels };
  if (!hook.list('rules').some((rule) => isAbout(rule, request))) return false;
  const objects = selectorAt(hook.child('objectSelector'));
  if (objects !== undefined && !matches(objects, labels)) return false;
  const namespaces = selectorAt(hook.child('namespaceSelector'));
  const known = worldOf(cluster).labelsOf(namespace);
  return namespaces === undefined || known === undefined || matches(namespaces, known);
}

const POD = { group: '', version: 'v1', kind: 'Pod', resource: 'pods', operation: 'CREATE' } as const;

/**
 * The webhook that may complete a custom resource before it is validated by its definition: one that is asked about its
 * group, or without rules of its own, which its program sets when it runs, named after the group.
 *
 * @source https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/: mutating admission comes before
 * the validation of the object
 * @source knative.dev/pkg `webhook/resourcesemantics/defaulting`, which sets the rules of `webhook.serving.knative.dev`, as
 * of `webhook.pipeline.tekton.dev`
 */
export function defaulterOf({ apiVersion }: ObjectId, webhooks: readonly Manifest[]): Manifest | undefined {
  const group = groupOf(apiVersion);
  if (isClosed(group)) return undefined;
  return webhooks.slice(0, MOST).find(({ object }) =>
    Field.root(object)
      .list('webhooks')
      .some((hook) => isOfGroup(hook, group)),
  );
}

/** Whether an object configures webhooks that may change others. */
export function isDefaulting({ id }: Manifest): boolean {
  return id.kind === 'MutatingWebhookConfiguration' && groupOf(id.apiVersion) === ADMISSION;
}

function isOfGroup(hook: Field, group: string): boolean {
  const rules = hook.list('rules');
  if (rules.length === 0) return hook.child('name').text.endsWith(`.${group}`);
  return rules.some(
    (rule) =>
      ['*', group].some((each) => rule.child('apiGroups').texts.includes(each)) &&
      ['*', 'CREATE'].some((each) => rule.child('operations').texts.includes(each)),
  );
}
