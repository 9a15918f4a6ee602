import { SeaworthyError } from '../../../errors';
import type { KubeObject } from '../../../manifest/manifest';
import { recordsAt, at } from '../../fields';
import type { Cluster } from '../../client/cluster';
import { listObjects } from '../../client/objects';
import type { ApiResource } from '../../client/resources';

const GROUP = 'admissionregistration.k8s.io';

/** Kinds that say who else judges what is created, in each version that a server may have. */
const KINDS: readonly (readonly [kind: string, plural: string, versions: readonly string[]])[] = [
  ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', ['v1']],
  ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', ['v1']],
  ['ValidatingAdmissionPolicy', 'validatingadmissionpolicies', ['v1', 'v1beta1', 'v1alpha1']],
  ['MutatingAdmissionPolicy', 'mutatingadmissionpolicies', ['v1', 'v1beta1', 'v1alpha1']],
];

/** Whether a webhook or policy may be asked when an object of a kind is created. */
export type Judged = (resource: ApiResource) => boolean;

/**
 * Reads the webhooks and admission policies of a cluster. Which of them a selector or a condition leaves out does not count.
 *
 * @returns undefined where the user may not list them, so that any may be there
 */
export async function judgedIn(
  cluster: Cluster,
  signal: AbortSignal | undefined,
): Promise<Judged | undefined> {
  const resources = KINDS.flatMap(([kind, plural, versions]) =>
    versions.map((version): ApiResource => ({
      apiVersion: `${GROUP}/${version}`,
      kind,
      plural,
      namespaced: false,
    })),
  );
  try {
    const lists = await Promise.all(
      resources.map((resource) => listObjects(cluster, resource, undefined, signal)),
    );
    const judges = lists.flat().flatMap(rulesOf);
    return ({ plural }) => judges.some((rules) => rules.length === 0 || rules.some(isAbout(plural)));
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return undefined;
    throw error;
  }
}

type Rule = Readonly<Record<string, unknown>>;

/** The rules of each webhook of a configuration, or of a policy: one without any is about everything. */
function rulesOf(object: KubeObject): readonly (readonly Rule[])[] {
  if (/Policy$/.test(object.kind)) return [recordsAt(object, 'spec', 'matchConstraints', 'resourceRules')];
  return recordsAt(object, 'webhooks').map((webhook) => recordsAt(webhook, 'rules'));
}

/** Whatever its group: a rule about one is also asked about the same objects in another. */
function isAbout(plural: string): (rule: Rule) => boolean {
  return (rule) => {
    const operations = textsAt(rule, 'operations');
    if (!operations.includes('*') && !operations.includes('CREATE')) return false;
    return textsAt(rule, 'resources').some((each) => {
      const [name = '', subresource = '*'] = each.split('/');
      return (name === '*' || name === plural) && subresource === '*';
    });
  };
}

function textsAt(rule: Rule, field: string): readonly string[] {
  const value = at(rule, field);
  return Array.isArray(value) ? value.map(String) : [];
}
