import type { FieldError } from '../admission/review';
import { apply, applyAs } from '../apply/apply';
import { managedIn } from '../apply/managed-fields';
import { listKeyViolations } from '../apply/list-keys';
import type { RequestMethod } from '../apply/method';
import type { FeatureGates } from '../../kube/feature-gates';
import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { applyPatch, type Patched } from '../patch/apply-patch';
import { annotationError, lastApplied, withAnnotations } from '../patch/last-applied';
import type { ThreeWay } from '../patch/strategic';
import type { Reading, ServerKind } from './kind';

/** The errors for an object that is applied with `method`, besides those of its content. */
export function methodErrors(
  config: PlainRecord,
  { schema, refusedNulls }: ServerKind,
  method: RequestMethod,
): readonly FieldError[] {
  if (method === 'server-side') return [...listKeyViolations(config, schema), ...refusedNulls(config)];
  return method === 'client-side' ? annotationError(config) : [];
}

/**
 * What was applied before: what kubectl noted of it, else what `before` is written as.
 *
 * @param isLive whether `before` is as a cluster has it, where kubectl takes what it noted nothing of for not applied
 */
export function originalOf(
  before: KubeObject,
  written: PlainRecord,
  method: RequestMethod,
  isLive: boolean,
): PlainRecord {
  if (method !== 'client-side') return written;
  return lastApplied(before) ?? (isLive ? {} : written);
}

/** What is there, what is applied, and who applies it. */
export interface Asked extends ThreeWay {
  readonly before: KubeObject;
  /** Of the update. */
  readonly gates: FeatureGates;
  /** The manager whose fields those of `before` tell apart. @default it applied all of `original` */
  readonly manager?: string | undefined;
}

/** The object that the server is asked to store, or why it cannot be read. */
export function requested(states: Asked, serves: ServerKind, method: RequestMethod): Reading {
  const { object, errors } = patched(states, serves, method);
  const { value, violations, dropped } = serves.read(object, states.gates);
  const nulls = method === 'server-side' ? serves.refusedNulls(object) : [];
  const refusals = [...errors, ...refusing(violations, method), ...nulls];
  return { value, violations: refusals, ...(dropped && { dropped }) };
}

/**
 * The errors for which a request is rejected. Helm does not ask for strict field validation, so that the server drops
 * unknown fields with a warning.
 *
 * @source k8s.io/apiserver pkg/endpoints/handlers/rest.go fieldValidation 1.36
 */
export function refusing(errors: readonly FieldError[], method: RequestMethod): readonly FieldError[] {
  return method === 'helm' ? errors.filter(({ reason }) => reason !== 'unknown-field') : errors;
}

function patched(states: Asked, serves: ServerKind, method: RequestMethod): Patched {
  const { original, modified, live, before, manager } = states;
  const { schema, emptiesToNull } = serves;
  if (method === 'server-side' && manager !== undefined) {
    const managed = managedIn(before, manager, schema);
    return { object: applyAs(managed, live, modified, schema, emptiesToNull), errors: [] };
  }
  if (method === 'server-side')
    return { object: apply(live, original, modified, schema, emptiesToNull), errors: [] };
  if (method === 'replace') return { object: modified, errors: [] };
  if (method === 'helm') return applyPatch(states, serves, method);
  const annotated = { original: withAnnotations(original), modified: withAnnotations(modified), live };
  return applyPatch(annotated, serves, method);
}
