/**
 * The schema of every built-in kind of Kubernetes, release by release, from the Go types that the API server decodes
 * into. scripts/schema/README.md describes where the data comes from and how to regenerate it.
 */
export { availability } from './availability';
export type { Availability, Missing, Served } from './availability';
export { kindSchema } from './kind-schema';
export { descend, lookup, suggestField } from './lookup';
export type { Lookup } from './lookup';
export { isBefore, latestRelease, nearestRelease, release, releases } from './release';
export type { KubernetesRelease } from './release';
export type * from './schema';
export { groupOf, kinds, servedVersions } from './served';
export type { KindVersion, Stability } from './served';
