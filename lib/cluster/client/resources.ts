import { kindFacts } from '../../kube/schema/kind-table';
import { groupOf, type ObjectId } from '../../manifest/manifest';
import { recordsAt } from '../fields';
import type { Cluster } from './cluster';
import { failed } from './refusal';

/** How the objects of a kind are addressed. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/**
 * What a server serves. Built-in kinds are known without asking; of custom ones only the groups that are used are asked
 * for, each once: hundreds of other definitions cost nothing.
 */
export class Resources {
  readonly #cluster: Cluster;
  readonly #versions = new Map<string, Promise<readonly ApiResource[]>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * How objects of a kind are addressed; undefined where the server does not serve it.
   *
   * @throws SeaworthyError CLUSTER_FORBIDDEN, CLUSTER_FAILED where it does not say what it serves
   */
  async of({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): Promise<ApiResource | undefined> {
    const builtin = kindFacts(apiVersion, kind);
    if (builtin !== undefined)
      return { apiVersion, kind, plural: builtin.plural, namespaced: builtin.scope === 'Namespaced' };
    const served = await this.servedIn(apiVersion);
    return served.find((resource) => resource.kind === kind);
  }

  /** The kinds in a group and version, as the server lists them; none where it does not serve it. */
  servedIn(apiVersion: string): Promise<readonly ApiResource[]> {
    const known = this.#versions.get(apiVersion);
    if (known !== undefined) return known;
    const asked = this.#ask(apiVersion);
    this.#versions.set(apiVersion, asked);
    asked.catch(() => this.forget(apiVersion));
    return asked;
  }

  /** Asks again for what was not there: a definition may have come. */
  forget(apiVersion: string): void {
    this.#versions.delete(apiVersion);
  }

  async #ask(apiVersion: string): Promise<readonly ApiResource[]> {
    const answer = await this.#cluster.request({ method: 'GET', path: rootOf(apiVersion) });
    if (answer.refusal?.code === 404) return [];
    if (answer.refusal !== undefined) failed(answer.refusal, `list the kinds of ${apiVersion}`);
    return recordsAt(answer.body, 'resources').flatMap(({ name, kind, namespaced }) => {
      const isWhole = typeof name === 'string' && typeof kind === 'string' && !name.includes('/');
      return isWhole ? [{ apiVersion, kind, plural: name, namespaced: namespaced === true }] : [];
    });
  }
}

/** `/api/v1`, `/apis/apps/v1`. */
export function rootOf(apiVersion: string): string {
  return `${groupOf(apiVersion) === '' ? '/api' : '/apis'}/${apiVersion}`;
}

/** The path of all objects of a kind: in one namespace, or in all. */
export function collectionPath({ apiVersion, plural, namespaced }: ApiResource, namespace?: string): string {
  const inNamespace =
    namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${rootOf(apiVersion)}${inNamespace}/${plural}`;
}

/** The path of one object. */
export function objectPath(resource: ApiResource, { namespace, name }: ObjectId): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}
