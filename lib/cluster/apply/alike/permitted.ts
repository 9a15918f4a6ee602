import { groupOf } from '../../../manifest/manifest';
import { at } from '../../fields';
import type { Cluster } from '../../client/cluster';
import type { ApiResource } from '../../client/resources';

/** What applying an object that is not there needs. Source: `PatchResource` of k8s.io/apiserver 1.36. */
const VERBS = ['patch', 'create'];

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Whether the user may create objects of a kind in a namespace by applying them, whatever their names. */
export async function mayApplyAll(
  cluster: Cluster,
  resource: ApiResource,
  namespace: string | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [group, version] = [groupOf(resource.apiVersion), resource.apiVersion.split('/').at(-1)];
  const answers = await Promise.all(
    VERBS.map((verb) => {
      const resourceAttributes = { namespace, verb, group, version, resource: resource.plural };
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      };
      return cluster.request({ method: 'POST', path: REVIEWS, body, signal });
    }),
  );
  return answers.every(
    (answer) => answer.refusal === undefined && at(answer.body, 'status', 'allowed') === true,
  );
}
