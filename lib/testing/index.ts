/**
 * The test kit: what an app renders, and what a test asks of it. It works in any test runner; for matchers of Jest and
 * Vitest, import `seaworthy/testing/jest` or `seaworthy/testing/vitest` once.
 */
export { allowsConnection, allowsOnly, hasNoFindings, hasResource, isAdmitted } from './assertions';
export type { Expected, FindingsOptions, Source, Verdict } from './assertions';
export { AssertionError } from './assertion-error';
export { replacesPods, rollsOut } from './changes';
export { findsRoom } from './fits';
export type { Endpoint, PortLike } from './endpoint';
export type { KindName } from './kind';
export { Manifests } from './manifests';
export type { LiveSelection } from '../cluster/live/manifests';
export type { Expectation } from './manifests';
export { match } from './match';
export { Capture } from './match/capture';
export type { Comparison, Look, Mismatch, Steps } from './match/look';
export type { Key } from './match/lists';
export { Matcher } from './match/matcher';
export { reconcile } from './reconcile';
export type { Reconciled, ReconcileOptions } from './reconcile';
export type { Pattern } from './match/pattern';
export type { ManifestSource } from './source';
export { matchers } from './matchers';
export type { ManifestMatchers, MatcherContext, MatcherResult } from './matchers';
export { snapshotOf } from './snapshot/render';
