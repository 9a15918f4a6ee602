import type { NodeSpec } from '../fit/node-spec';
import type { FitOptions } from '../fit/options';
import { ManifestSet } from '../manifest/set';
import { inert } from '../text';
import type { Expected, FindingsOptions, Source, Verdict } from './assertions';
import { allowsConnection, allowsOnly, hasNoFindings, hasResource, isAdmitted } from './assertions';
import type { Endpoint, PortLike } from './endpoint';
import { describeChanges, replacesPods, rollsOut } from './changes';
import { findsRoom } from './fits';
import type { KindName } from './kind';
import type { Pattern } from './match/pattern';
import { compareSnapshots } from './snapshot/file';
import { unfold } from './snapshot/fold';
import type { Difference } from './snapshot/file';

/** The part of the context of Jest and Vitest that our matchers use. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly testPath?: string;
  readonly currentTestName?: string;
  readonly snapshotState?: { readonly _updateSnapshot?: 'all' | 'new' | 'none' };
  readonly utils?: { readonly diff?: (expected: unknown, received: unknown) => string | null | undefined };
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const answer = (verdict: Verdict): MatcherResult => ({ pass: verdict.pass, message: () => verdict.message });

/** Matchers for `expect.extend` of Jest and Vitest. The value is any source of manifests. */
export const matchers = {
  toHaveResource: (source: Source, kind: KindName, pattern?: Pattern) =>
    answer(hasResource(source, kind, pattern)),
  toBeAdmitted: (source: Source, kubernetes?: string) => answer(isAdmitted(source, kubernetes)),
  toHaveNoFindings: (source: Source, options?: FindingsOptions) => answer(hasNoFindings(source, options)),
  toAllowConnection: (source: Source, from: Endpoint, to: Endpoint, port: PortLike) =>
    answer(allowsConnection(source, from, to, port)),
  toOnlyAllow: (source: Source, expected: readonly Expected[]) => answer(allowsOnly(source, expected)),
  toRollOut: (source: Source, before: Source) => answer(rollsOut(source, before)),
  toReplacePods: (source: Source, before: Source) => answer(replacesPods(source, before)),
  toFit: (source: Source, nodes: readonly NodeSpec[], options?: FitOptions) =>
    answer(findsRoom(source, nodes, options)),
  toMatchManifestSnapshot(this: MatcherContext, source: Source, name?: string): MatcherResult {
    if (this.isNot === true)
      return answer({ pass: true, message: 'a snapshot matcher cannot be negated; remove .not' });
    const difference = compareSnapshots(source, {
      testPath: this.testPath ?? 'test',
      name: name ?? this.currentTestName ?? 'snapshot',
      update: this.snapshotState?._updateSnapshot ?? 'new',
    });
    if (difference === undefined) return answer({ pass: true, message: 'the manifests match the snapshot' });
    return answer({ pass: false, message: describeDifference(difference, this) });
  },
};

function describeDifference({ file, expected, received }: Difference, { utils }: MatcherContext): string {
  if (expected === undefined)
    return `there is no snapshot ${file}, and in CI none is written: run the test and commit it`;
  const lines = utils?.diff?.(expected, received) ?? `expected:\n${expected}\nreceived:\n${received}`;
  const effects = describeChanges(unfold(ManifestSet.parse(expected)), unfold(ManifestSet.parse(received)));
  const what = `the manifests are not as ${file} has them; if they are right, run the test with -u`;
  return inert([what, ...(effects === '' ? [] : [effects]), lines].join('\n\n'));
}

/** The signatures of the matchers, for the types of Jest and Vitest. */
export interface ManifestMatchers<R = void> {
  /** There is an object of `kind` that matches `pattern`. */
  toHaveResource(kind: KindName, pattern?: Pattern): R;
  /** An API server of the release takes every object. @param kubernetes `1.31`; the newest where it is left out */
  toBeAdmitted(kubernetes?: string): R;
  /** `check` finds nothing, except what is expected. Findings of severity `info` count with the option `info`. */
  toHaveNoFindings(options?: FindingsOptions): R;
  /** The network policies let `from` reach a port of `to`. */
  toAllowConnection(from: Endpoint, to: Endpoint, port: PortLike): R;
  /** The network policies allow these connections between workloads and no others. */
  toOnlyAllow(expected: readonly Expected[]): R;
  /** Applied over `before`, the API server accepts every change. */
  toRollOut(before: Source): R;
  /** Applied over `before`, pods are replaced. */
  toReplacePods(before: Source): R;
  /** Every pod finds one of the nodes; with `drain` each can be drained, with `during` each rollout ends. */
  toFit(nodes: readonly NodeSpec[], options?: FitOptions): R;
  /** The manifests equal the YAML files next to the test, one per environment. */
  toMatchManifestSnapshot(name?: string): R;
}
