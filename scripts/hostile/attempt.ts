import { SeaworthyError } from '../../lib/errors';
import type { PlainRecord } from '../../lib/manifest/data';
import { unpolluted } from './invariants';
import { Random } from './random';
import { Broken, type Target } from './target';

/** The most that one input may take. */
export const SLOW = 1000;

/** Every how many inputs the questions are asked that take time. */
const THOROUGH = 16;

/** An input of a target; seed and index say all about it. */
export interface Trial {
  readonly target: Target;
  readonly input: PlainRecord;
  readonly thorough: boolean;
}

export interface Failure {
  readonly kind: 'crash' | 'broken' | 'slow' | 'hang';
  readonly message: string;
  /** Equal for failures that have one cause, as far as can be told. */
  readonly cause: string;
  readonly stack: string;
}

export interface Attempt {
  /** What came of it, in a few words. */
  readonly outcome: string;
  /** In milliseconds. */
  readonly took: number;
  readonly failure?: Failure;
}

/** The input with this seed and index: its target has its turn as often as its weight says. */
export function trialOf(targets: readonly Target[], seed: number, index: number): Trial {
  const random = new Random(seed, index);
  const target = random.weighted(targets.map((each) => [each.weight * 10, () => each] as const));
  return { target, input: target.make(random), thorough: index % THOROUGH === 0 };
}

/**
 * Runs the target on the input. A slow one runs again, as a user would run it: a busy machine, or the second run that
 * a thorough trial compares with, may have taken the time.
 */
export async function attempt(trial: Trial, limit = SLOW): Promise<Attempt> {
  const first = await once(trial);
  if (first.failure !== undefined || first.took < limit) return first;
  const alone = { ...trial, thorough: false };
  const again = [await once(alone), await once(alone)];
  const took = Math.min(first.took, ...again.map((each) => each.took));
  if (took < limit) return { ...first, took };
  const message = `one input takes ${Math.round(took)} ms`;
  return { ...first, took, failure: { kind: 'slow', message, cause: 'slow', stack: '' } };
}

async function once({ target, input, thorough }: Trial): Promise<Attempt> {
  const before = process.cpuUsage();
  const start = performance.now();
  // The lesser of both: other processes count for the one, other threads for the other.
  const took = (): number => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - start, (user + system) / 1000);
  };
  try {
    const running = target.run(input, thorough);
    const outcome = typeof running === 'string' ? running : await running;
    const end = took();
    unpolluted(thorough);
    return { outcome, took: end };
  } catch (error) {
    return { outcome: 'failed', took: took(), failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof Broken) {
    const { rule, message, stack = '' } = error;
    return { kind: 'broken', message, cause: rule, stack };
  }
  if (!(error instanceof Error))
    return {
      kind: 'crash',
      message: `${typeof error} was thrown: ${String(error)}`,
      cause: 'thrown',
      stack: '',
    };
  const { name, message, stack = '' } = error;
  const code = error instanceof SeaworthyError ? ` ${error.code}` : '';
  const place = /^\s+at .*/m.exec(stack)?.[0].trim() ?? '';
  return {
    kind: 'crash',
    message: `${name}${code}: ${message.slice(0, 2000)}`,
    cause: `${name} ${place}`,
    stack,
  };
}
