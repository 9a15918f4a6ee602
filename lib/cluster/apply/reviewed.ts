import { createHmac, randomBytes, scryptSync } from 'node:crypto';
import { SeaworthyError } from '../../errors';
import { isPlainRecord } from '../../manifest/data';
import { jsonText } from '../../manifest/json-text';
import { groupOf, type ObjectId } from '../../manifest/manifest';
import type { Change } from '../../plan/change';
import { EFFECTS } from '../../plan/effects';
import { textAt } from '../fields';
import type { ApplyPlan, ReviewedObject, ReviewedPlan } from './types';

/** What a plan is for. */
export type PlanFor = Pick<ReviewedPlan, 'server' | 'name' | 'namespace'>;

/**
 * A plan as it can be written down and held against a later one. It gives away no value: digests are keyed, and those of
 * Secrets slow to guess.
 *
 * @param salt what digests are keyed with. @default a new one
 */
export function reviewedPlan(
  { changes }: Pick<ApplyPlan, 'changes'>,
  { server, name, namespace }: PlanFor,
  salt = randomBytes(16).toString('hex'),
): ReviewedPlan {
  const objects = changes.map((change) => [nameOf(change.id), reviewedObject(change, salt)] as const);
  return { salt, server, name, namespace, objects: Object.fromEntries(objects) };
}

/** `Deployment.apps shop/web`. */
function nameOf({ apiVersion, kind, namespace, name }: ObjectId): string {
  const group = groupOf(apiVersion);
  return `${kind}${group === '' ? '' : `.${group}`} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function reviewedObject({ effect, before, after, fields, conflicts }: Change, salt: string): ReviewedObject {
  const isSecret = (after ?? before)?.id.kind === 'Secret';
  const digest = (value: unknown): string => digestOf(value, salt, isSecret);
  // Of what is there, that counts which applying changes, or is stopped by: controllers may write the rest.
  const relevant = after === undefined ? textAt(before?.object, 'metadata', 'uid') : { fields, conflicts };
  const data = isSecret ? before?.object['data'] : undefined;
  return {
    effect,
    ...(after !== undefined && { after: digest(after.object) }),
    ...(before !== undefined && { before: digest({ relevant, data }) }),
  };
}

function digestOf(value: unknown, salt: string, isSecret: boolean): string {
  const text = jsonText(sorted(value));
  if (isSecret) return scryptSync(text, salt, 32).toString('hex');
  return createHmac('sha256', salt).update(text).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}

/** Why a plan that was reviewed does not hold for what applying would do now, in sentences; none if it does. */
export function outdatedIn(reviewed: ReviewedPlan, now: ReviewedPlan): string[] {
  const found: string[] = [];
  for (const what of ['server', 'name', 'namespace'] as const)
    if (reviewed[what] !== now[what])
      found.push(`the plan is for ${what} ${reviewed[what]}, and this is ${now[what]}`);
  const names = new Set([...Object.keys(reviewed.objects), ...Object.keys(now.objects)]);
  for (const name of names) {
    const why = changeOf(reviewed.objects[name], now.objects[name]);
    if (why !== undefined) found.push(`${name}: ${why}`);
  }
  return found;
}

function changeOf(then: ReviewedObject | undefined, now: ReviewedObject | undefined): string | undefined {
  if (then === undefined) return now?.effect === 'none' ? undefined : 'it is not in the plan';
  if (now === undefined) return then.effect === 'none' ? undefined : 'it was in the plan, and is no longer';
  if (then.after !== now.after) return 'its manifest is not the one of the plan';
  if (then.effect !== now.effect)
    return `it would be ${word(now.effect)}, and was to be ${word(then.effect)}`;
  return then.before === now.before ? undefined : 'it has changed in the cluster';
}

function word(effect: string): string {
  return new Map<string, string>(Object.entries(EFFECTS)).get(effect) ?? effect;
}

const KIND = 'seaworthy-plan';
const VERSION = 1;

/** The text of a file with a plan. */
export function reviewedText(plan: ReviewedPlan): string {
  return `${jsonText({ kind: KIND, version: VERSION, ...plan }, 2)}\n`;
}

/**
 * The plan in the text of a file.
 *
 * @throws SeaworthyError INPUT_UNREADABLE for what is none
 */
export function readReviewed(text: string, place: string): ReviewedPlan {
  const { kind, version, ...plan } = parsed(text);
  const texts = ['salt', 'server', 'name', 'namespace'].every((name) => typeof plan[name] === 'string');
  const { objects } = plan;
  const isWhole = texts && isPlainRecord(objects) && Object.values(objects).every(isPlainRecord);
  if (kind === KIND && version === VERSION && isWhole) return plan as unknown as ReviewedPlan;
  throw new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place,
    message:
      kind === KIND && version !== VERSION
        ? 'the plan was written by another version of Seaworthy'
        : 'is no plan that seaworthy apply --write-plan has written',
    hint: 'Write it again: seaworthy apply --write-plan plan.json.',
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainRecord(value) ? value : {};
  } catch {
    return {};
  }
}
