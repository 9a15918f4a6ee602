import { SeaworthyError } from '../errors';
import { describeThrown } from '../manifest/data';
import type { Rule } from './rule';

/**
 * Runs a rule of the user's.
 *
 * @throws SeaworthyError RULE_FAILED with the line, if the rule throws anything else
 */
export function runOwn(rule: Rule, run: (rule: Rule) => void): void {
  try {
    run(rule);
  } catch (error) {
    if (error instanceof SeaworthyError) throw error;
    const source = lineOf(error);
    throw new SeaworthyError({
      code: 'RULE_FAILED',
      place: rule.name,
      message: `the rule threw ${error instanceof Error ? `${error.name}: ` : ''}${describeThrown(error)}`,
      ...(source !== undefined && { source }),
    });
  }
}

/** `rules/tags.ts:7`, the innermost line in the stack of an error. */
function lineOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? String(error.stack) : '';
  const [, file, line] = /^\s+at (?:.*\()?(?:file:\/\/)?([^()]+?):(\d+):\d+\)?$/m.exec(stack) ?? [];
  return file === undefined ? undefined : `${file}:${line}`;
}
