import { isWellKnown } from '../assumed-kinds';
import type { FieldError } from '../../apiserver/admission/review';
import { serverKind } from '../../apiserver/update/kind';
import type { Update } from '../../apiserver/update/update';
import { findingsOf } from '../../check/admission';
import type { Finding } from '../../check/finding';
import type { Manifest } from '../../manifest/manifest';
import type { Change } from '../change';
import { changedFields } from '../changed-fields';
import type { Pair } from '../pairs';
import type { World } from '../world';

/** A change before anything follows from it. */
type Bare = Omit<Change, 'consequences'>;

/** What becomes of an object whose fields do not matter. */
export function described(effect: Change['effect'], { before, after }: Pair): Bare {
  const manifest = after ?? before;
  if (manifest === undefined) throw new Error('A pair has one side at least.');
  const { id, origin } = manifest;
  return {
    id,
    effect,
    fields: [],
    ...(origin !== undefined && { origin }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** What becomes of an object that is applied, with the fields that differ, or with the reasons why it is rejected. */
export function describedUpdate(
  effect: Change['effect'],
  made: Update,
  pair: Required<Pick<Pair, 'after'>> & Pair,
  { server, kinds }: World,
): Bare {
  const { after } = pair;
  const { was, now } = made;
  const violations = kinds.explain(after.object, made.violations);
  const { schema, isKnown } = serverKind(after.id.apiVersion, after.id.kind, server);
  const fields = was === undefined ? [] : changedFields(was, now, schema);
  const assumed = server.definitions.assumedFor(after.id.apiVersion, after.id.kind);
  const by = assumed !== undefined && pair.before !== undefined && { assumed };
  if (violations.length === 0)
    return {
      ...described(effect, pair),
      fields,
      ...(!isKnown && pair.before !== undefined && { byStructure: true }),
      ...(!isKnown && pair.before !== undefined && isWellKnown(after.id) && { fitsNoRelease: true }),
      ...by,
    };
  return {
    ...described('rejected', pair),
    ...(assumed !== undefined && { assumed }),
    fields,
    reasons: reasonsOf(after, violations),
  };
}

function reasonsOf({ object, id, origin }: Manifest, violations: readonly FieldError[]): Finding[] {
  const findings = findingsOf(object, violations);
  return findings.map((finding) => ({ ...finding, id, ...(origin !== undefined && { origin }) }));
}
