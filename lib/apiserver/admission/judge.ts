import type { FeatureGates } from '../../kube/feature-gates';
import { completionOf } from '../defaults';
import { hasDroppers } from '../gated-fields';
import { kindSchema, type KubernetesRelease } from '../../kube/schema';
import { describeThrown, isPlainRecord, type PlainRecord } from '../../manifest/data';
import { plainValue } from '../../manifest/plain';
import type { CustomDefinition } from './custom/definition';
import type { Definitions } from './custom/definitions';
import { judgeCustom } from './custom/judge-custom';
import { decode } from './decode/decode';
import { CheckedField } from './checked-field';
import type { Judgement } from './judgement';
import type { MetadataReads } from './metadata';
import { recognize } from './recognize';
import type { Review } from './review';
import { objectMeta } from './rules/meta';
import { ruleFor } from './rules/registry';
import { isTooLarge } from './size';

/**
 * Validates any object by its built-in or custom kind. Never throws.
 *
 * @param old what a custom resource was before, as the server holds it; absent for one that is created
 * @param gates of the server; those of the release by default
 * @param reads what the verdict asks for in metadata that is right by itself. @default nobody asks
 */
export function judge(
  object: unknown,
  kubernetes: KubernetesRelease,
  definitions: Definitions,
  old?: PlainRecord,
  gates?: FeatureGates,
  reads?: MetadataReads,
): Judgement {
  try {
    return judgeReadable(object, kubernetes, definitions, old, gates, reads);
  } catch (error) {
    // Only the object itself can throw here: getters and proxies.
    const message = `the object cannot be read: ${describeThrown(error)}`;
    return { value: undefined, violations: [{ reason: 'malformed', path: '', message }] };
  }
}

function judgeReadable(
  object: unknown,
  kubernetes: KubernetesRelease,
  definitions: Definitions,
  old?: PlainRecord,
  gates?: FeatureGates,
  reads?: MetadataReads,
): Judgement {
  const recognized = recognize(object, kubernetes);
  if (!recognized.ok) {
    reads?.readOther();
    const { violation } = recognized;
    if (violation !== undefined) return { value: undefined, violations: [violation] };
    return judgeForeign(object, kubernetes, definitions, old);
  }
  if (isTooLarge(object)) return TOO_LARGE;
  const { apiVersion, kind } = recognized;
  const schema = kindSchema(kubernetes, apiVersion, kind);
  if (schema === undefined) return { value: undefined, violations: [] };

  const { value, violations, dropped } = decode(object, schema, kubernetes, gates);
  // The server validates only objects that it can decode.
  if (violations.length > 0) return { value, violations };

  const review: Review = { kubernetes, ...(gates && { gates }), errors: [] };
  const root = CheckedField.of(value, review);
  objectMeta(root.child('metadata'), apiVersion, kind);
  if (reads !== undefined) {
    // Decoding such a struct may look at all of its fields.
    if (completionOf(schema.name) !== undefined || hasDroppers(schema.name)) reads.readOther();
    else reads.watch(value as PlainRecord);
  }
  ruleFor(apiVersion, kind)?.check(root);
  return { value, violations: review.errors, dropped };
}

/** An object of a kind that is not built in, which is validated against its definition. */
function judgeForeign(
  object: unknown,
  kubernetes: KubernetesRelease,
  definitions: Definitions,
  old: PlainRecord | undefined,
): Judgement {
  const { apiVersion, kind } = object as { readonly apiVersion: string; readonly kind: string };
  const definition = definitions.find(apiVersion, kind);
  if (definition === undefined) return { value: undefined, violations: [], isUnknown: true };
  return judgeAs(object, definition, kubernetes, old);
}

/** Validates an object of the kind that `definition` defines. */
export function judgeAs(
  object: unknown,
  definition: CustomDefinition,
  kubernetes: KubernetesRelease,
  old?: PlainRecord,
): Judgement {
  if (isTooLarge(object)) return TOO_LARGE;
  const copy = plainValue(object);
  return isPlainRecord(copy) ? judgeCustom(copy, definition, kubernetes, old) : TOO_LARGE;
}

const TOO_LARGE: Judgement = {
  value: undefined,
  violations: [
    {
      reason: 'malformed',
      path: '',
      message: 'the object is too large: an API server limits requests to 3 MiB',
    },
  ],
};
