import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { SeaworthyError } from '../../errors';
import { knownSchema } from '../../kube/custom/struct';
import type { KubernetesRelease, StructSchema } from '../../kube/schema';
import { kindSchema } from '../../kube/schema';
import type { KubeObject } from '../../manifest/manifest';
import { child } from '../../manifest/path';
import { plain, plainValue } from '../../manifest/plain';
import { kubernetesOf } from './environment';
import { Drafts } from './drafts';
import type { Patch } from './merge';
import { Merge } from './merge';
import type { Reporter, UnplacedProblem } from './problems';
import { locate, report } from './problems';
import { isRecord } from './props';
import { isShaped } from './shaped';
import { kubernetesObject } from './shapes';

/** `T` with everything optional, all the way down; `null` removes a field. */
export type DeepPartial<T> = {
  readonly [K in keyof T]?: (T[K] extends object ? DeepPartial<T[K]> : T[K]) | null;
};

/** An override of an object of any kind: a part of it, in which `null` removes a field. */
export type AnyPatch = DeepPartial<KubeObject> | Readonly<Record<string, unknown>>;

/** What an override of `C` may hold: of a construct of ours what its own method takes. */
export type PatchOf<C> = C extends { override: (patch: infer P) => unknown }
  ? P
  : Readonly<Record<string, unknown>>;

/**
 * Merges `patch` into the object of any construct after it is rendered: one of cdk8s-plus, an object of an Include or a
 * Helm chart (`include.apiObjects`), an ApiObject. Constructs of ours have a method for it, with the same rules.
 *
 * Synth reports INVALID_PROP for a construct without exactly one object, and the problems of the method.
 */
export function override<C extends IConstruct>(construct: C, patch: PatchOf<C>): void {
  const object = objectOf(construct);
  if (object === undefined) {
    const hint = 'Pass one of its objects: an ApiObject, such as `include.apiObjects[0]`.';
    const message = 'Invalid value: expected a construct with one object';
    return report(construct, { code: 'INVALID_PROP', path: 'override', message, hint });
  }
  if (isOverridable(object)) object.override(patch);
  else if (isShaped(object, 'override', patch, kubernetesObject)) overrideForeign(object, patch);
}

function objectOf(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) return construct;
  const { defaultChild } = construct.node;
  return defaultChild !== undefined && ApiObject.isApiObject(defaultChild) ? defaultChild : undefined;
}

function isOverridable(object: object): object is { readonly override: (patch: Patch) => unknown } {
  return 'override' in object && typeof object.override === 'function';
}

/** The overrides of objects that are not ours. */
const foreign = new WeakMap<ApiObject, Patch[]>();

/** Both engines render an object by its `toJson`: there the overrides of one that is not ours are merged. */
function overrideForeign(object: ApiObject, patch: Patch): void {
  const known = foreign.get(object);
  if (known !== undefined) return void known.push(patch);
  const patches = [patch];
  foreign.set(object, patches);
  const toJson = object.toJson.bind(object);
  object.toJson = () => {
    const problems: UnplacedProblem[] = [];
    const rendered = plain(toJson());
    const merged = applyOverrides(rendered, patches, kubernetesOf(object), (problem) =>
      problems.push(problem),
    );
    const [first, ...more] = problems.map((problem) => locate(object, problem));
    if (first !== undefined) throw new SeaworthyError(first, ...more);
    return merged;
  };
}

/**
 * `object` with each of `overrides` merged into it, in order.
 *
 * Reports UNKNOWN_FIELD for a field that the kind does not have in `release`, INVALID_PROP for an item of a list that there
 * is not, and OVERRIDE_WITHOUT_EFFECT for an override that changes nothing. Kinds without a known schema, such as the
 * custom resources of unknown software, take any field.
 */
export function applyOverrides(
  object: KubeObject,
  overrides: readonly Patch[],
  release: KubernetesRelease,
  report: Reporter,
): KubeObject {
  const schema = schemaOf(object, release);
  const drafts = new Drafts();
  const merged = overrides.reduce<unknown>((before, override) => {
    const patch = plainValue(override) as Patch;
    const merge = new Merge(report, drafts);
    const after = merge.struct(before, patch, schema, '');
    if (!merge.changed && !merge.reported) {
      report({
        code: 'OVERRIDE_WITHOUT_EFFECT',
        message: `the override of ${fieldsOf(patch)} changes nothing`,
        hint: 'The object already has these values; remove the override.',
      });
    }
    return after;
  }, object);
  return plain(merged);
}

function schemaOf({ apiVersion, kind }: KubeObject, release: KubernetesRelease): StructSchema | undefined {
  return kindSchema(release, apiVersion, kind) ?? knownSchema(apiVersion, kind, release);
}

/** Fields of an override that a message names. */
const MOST_NAMED = 5;

/** The fields that an override sets, without their values: those of a Secret are in no message. */
function fieldsOf(patch: Patch): string {
  const paths = pathsIn(patch, '');
  const shown = paths.slice(0, MOST_NAMED).join(', ');
  return paths.length > MOST_NAMED ? `${shown} and ${paths.length - MOST_NAMED} more` : shown;
}

function pathsIn(value: unknown, path: string): string[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [path === '' ? 'nothing' : path];
  return Object.entries(value).flatMap(([key, each]) => pathsIn(each, child(path, key)));
}
