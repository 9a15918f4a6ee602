import { latestRelease, kindSchema, release } from '../../kube/schema';
import type { KubernetesRelease } from '../../kube/schema';
import type { ObjectId } from '../../manifest/manifest';
import type { Finding } from '../finding';
import { decode } from './decode/decode';
import { Field } from './field';
import { recognize } from './recognize';
import type { Review, Violation } from './review';
import { objectMeta } from './rules/meta';
import { ruleFor } from './rules/registry';

export interface AdmitOptions {
  /**
   * The release of the cluster: `1.31`, `v1.31.4`.
   *
   * @default the newest that Seaworthy knows
   */
  readonly kubernetes?: string;
}

/**
 * What an API server with its default configuration would say to a request to create `object`: nothing where it
 * would take it, else one error for each field that it would complain about, by the path that it would name.
 * An object of a kind that no release has built in is left to its CustomResourceDefinition, and passes.
 *
 * @param object anything at all; nothing in it makes this throw
 * @throws SeaworthyError UNKNOWN_KUBERNETES for a release that is not known
 */
export function admit(object: unknown, options: AdmitOptions = {}): Finding[] {
  const kubernetes = options.kubernetes === undefined ? latestRelease : release(options.kubernetes);
  try {
    const violations = judge(object, kubernetes);
    if (violations.length === 0) return [];
    const id = identityOf(object);
    return violations.map((violation) => finding(violation, id));
  } catch (error) {
    // What is left to throw is the object itself, when it is looked at: getters and proxies.
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return [finding({ reason: 'malformed', path: '', message }, NO_ID)];
  }
}

function judge(object: unknown, kubernetes: KubernetesRelease): readonly Violation[] {
  const recognized = recognize(object, kubernetes);
  if (!recognized.ok) return recognized.violation === undefined ? [] : [recognized.violation];
  const { apiVersion, kind } = recognized;
  const schema = kindSchema(kubernetes, apiVersion, kind);
  if (schema === undefined) return [];

  const { value, violations } = decode(object, schema, kubernetes);
  // The server validates only what it could decode.
  if (violations.length > 0) return violations;

  const review: Review = { kubernetes, violations: [] };
  const root = Field.root(value, review);
  objectMeta(root.child('metadata'), apiVersion, kind);
  ruleFor(apiVersion, kind)?.check(root);
  return review.violations;
}

function finding({ reason, path, message, hint }: Violation, id: ObjectId): Finding {
  const rule = `admission/${reason}`;
  return { rule, severity: 'error', id, path, message, ...(hint !== undefined && { hint }) };
}

const NO_ID: ObjectId = { apiVersion: '', kind: '', name: '' };

/** The identity of what may be anything, as far as it has one. */
function identityOf(object: unknown): ObjectId {
  const { apiVersion, kind, metadata } = fieldsOf(object);
  const { name, generateName, namespace } = fieldsOf(metadata);
  const id = {
    apiVersion: textOf(apiVersion),
    kind: textOf(kind),
    name: textOf(name) || (textOf(generateName) === '' ? '' : `${textOf(generateName)}*`),
  };
  return textOf(namespace) === '' ? id : { ...id, namespace: textOf(namespace) };
}

function fieldsOf(value: unknown): { readonly [field in string]?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
