import { kindFacts, type KindFacts } from './kind-table';
import type { KubernetesRelease } from './release';
import type { StructSchema } from './schema';
import { isServed } from './served';
import { structSchema } from './struct';

/** Results by key: the schema is looked up once for each object of a manifest. */
const known = new Map<KindFacts, Map<KubernetesRelease, StructSchema>>();

/**
 * The fields of a kind as an API server of `release` decodes them; `undefined` where that release does not serve it, or
 * it is not built in. Every call returns the same object, whose parts are read on first access.
 */
export function kindSchema(
  release: KubernetesRelease,
  apiVersion: string,
  kind: string,
): StructSchema | undefined {
  const facts = kindFacts(apiVersion, kind);
  if (facts === undefined || !isServed(release, facts)) return undefined;
  const found = known.get(facts)?.get(release);
  if (found !== undefined) return found;
  const schema = structSchema(release, facts.package ?? packageOf(apiVersion), kind);
  known.set(facts, new Map(known.get(facts)).set(release, schema));
  return schema;
}

/** The Go package that holds an API version: `rbac/v1` for `rbac.authorization.k8s.io/v1`. */
function packageOf(apiVersion: string): string {
  const [, group = 'core', version = apiVersion] = /^([^./]+)[^/]*\/(.+)$/.exec(apiVersion) ?? [];
  return `${group}/${version}`;
}
