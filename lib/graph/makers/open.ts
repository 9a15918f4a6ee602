import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import type { Cluster } from '../cluster';
import type { Target } from '../reference';
import type { Scope } from './maker';
import { openScope } from './registry';

/** The objects whose controllers make others that they do not name, by where they make them. */
interface Openers {
  readonly anywhere: readonly Opener[];
  readonly byNamespace: ReadonlyMap<string, readonly Opener[]>;
  readonly all: readonly Opener[];
}

interface Opener {
  readonly by: Manifest;
  readonly scope: Scope;
}

/** What deploys a chart or a repository that may have the target; not what refers to it. */
export function deployerOf(
  cluster: Cluster,
  { namespace, group, kind }: Pick<Target, 'namespace' | 'group'> & { readonly kind?: string },
  from: Manifest,
): Manifest | undefined {
  const { anywhere, byNamespace, all } = cluster.derived(readOpeners);
  const near = namespace === undefined ? all : (byNamespace.get(namespace) ?? []);
  const isOne = ({ by, scope }: Opener): boolean =>
    by !== from &&
    scope.except?.includes(group) !== true &&
    (scope.kind === undefined || scope.kind === kind);
  return (near.find(isOne) ?? anywhere.find(isOne))?.by;
}

function readOpeners({ set, assumed }: Cluster): Openers {
  const all: Opener[] = [];
  const byNamespace = new Map<string, Opener[]>();
  for (const by of [...set, ...assumed]) {
    const scope = openScope(by);
    if (scope === undefined) continue;
    all.push({ by, scope });
    if (scope.namespace !== undefined) push(byNamespace, scope.namespace, { by, scope });
  }
  return { all, byNamespace, anywhere: all.filter(({ scope }) => scope.namespace === undefined) };
}
