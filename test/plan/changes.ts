import { defaultGates } from '../../lib/kube/feature-gates';
import { definitionsIn } from '../../lib/apiserver/admission/custom/definitions';
import { latestRelease, release } from '../../lib/kube/schema';
import { effectOf } from '../../lib/plan/effect';
import type { Effect } from '../../lib/plan/effects';
import type { KubeObject } from '../../lib/manifest/manifest';
import { update, type Update } from '../../lib/apiserver/update/update';

type Plain = Record<string, unknown>;

/** An object with the fields that every kind has. */
export function object(apiVersion: string, kind: string, rest: object = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'shop' }, ...rest };
}

/** A copy of `base` with `value` at `path`, or without it where there is none. */
export function having(base: KubeObject, path: string, value?: unknown): KubeObject {
  const copy = structuredClone(base) as unknown as Plain;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Plain>((each, step) => (each[step] ??= {}) as Plain, copy);
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy as unknown as KubeObject;
}

/** What the server makes of a change. */
export function updated(before: KubeObject, after: KubeObject, kubernetes: string = latestRelease): Update {
  const known = release(kubernetes);
  const definitions = definitionsIn(undefined, known);
  return update(before, after, { kubernetes: known, gates: defaultGates(known), definitions });
}

export function effect(before: KubeObject, after: KubeObject, kubernetes?: string): Effect {
  return effectOf(updated(before, after, kubernetes));
}

/** The paths that the server refuses a change for. */
export function refusals(before: KubeObject, after: KubeObject, kubernetes?: string): string[] {
  return updated(before, after, kubernetes).violations.map(({ path }) => path);
}
