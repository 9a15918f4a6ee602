import { cut, inert, visible, visibleLines } from './text';

/**
 * Every code an error of Seaworthy can carry. Tests and tools match the code, people read the message.
 *
 * The list is closed: a new way to fail gets a new line here.
 */
export type ErrorCode =
  // The command line and its configuration
  | 'USAGE'
  | 'CONFIG_MISSING'
  | 'CONFIG_INVALID'
  | 'CONFIG_TOO_LARGE'
  // Running the user's app
  | 'APP_NOT_FOUND'
  | 'APP_FAILED'
  | 'APP_SILENT'
  | 'APP_TIMEOUT'
  // What an app describes
  | 'UNKNOWN_PROP'
  | 'INVALID_PROP'
  | 'MISSING_PROP'
  | 'INVALID_NAME'
  | 'INVALID_IMAGE'
  | 'INVALID_QUANTITY'
  | 'INVALID_PORT'
  | 'INVALID_CRON'
  | 'INVALID_LABEL'
  | 'LITERAL_SECRET'
  | 'NOT_SEALED'
  | 'DUPLICATE_NAME'
  | 'UNKNOWN_FIELD'
  | 'OVERRIDE_WITHOUT_EFFECT'
  | 'UNKNOWN_KUBERNETES'
  | 'INVALID_VALUE'
  | 'VALUE_NOT_TEMPLATED'
  // Synth
  | 'DUPLICATE_IDENTITY'
  | 'DEPENDENCY_CYCLE'
  | 'CONSTRUCT_INVALID'
  | 'RENDER_FAILED'
  // Check
  | 'UNKNOWN_RULE'
  | 'RULE_FAILED'
  // Plan
  | 'NO_GIT'
  | 'UNKNOWN_REVISION'
  | 'NO_OUTPUT'
  // Promotion
  | 'PINS_INVALID'
  | 'GIT_FAILED'
  // Fit
  | 'INVALID_NODE'
  | 'TOO_MANY_PODS'
  // Upgrade
  | 'INVALID_UPGRADE'
  // Operators
  | 'DEFINITION_INVALID'
  // The test kit
  | 'INVALID_MATCHER'
  | 'UNKNOWN_KIND'
  | 'CAPTURE_EMPTY'
  // Clusters
  | 'CLIENT_MISSING'
  | 'KUBECONFIG_MISSING'
  | 'KUBECONFIG_INVALID'
  | 'CLUSTER_UNREACHABLE'
  | 'CLUSTER_UNAUTHORIZED'
  | 'CLUSTER_FORBIDDEN'
  | 'CLUSTER_FAILED'
  | 'CLUSTER_NOT_OURS'
  | 'CLUSTER_OTHER_APP'
  // Registries, and charts in them
  | 'REGISTRY_FAILED'
  | 'HELM_FAILED'
  // Reading and writing manifests
  | 'NOT_AN_OBJECT'
  | 'NOT_FOUND'
  | 'AMBIGUOUS'
  | 'INVALID_YAML'
  | 'UNWRITABLE_STRING'
  | 'FILE_COLLISION'
  | 'OUTPUT_NOT_OURS'
  | 'OUTPUT_UNWRITABLE'
  | 'INPUT_UNREADABLE'
  | 'KUSTOMIZATION_FAILED';

/** One thing that is wrong, said so that a person can mend it. */
export interface Problem {
  readonly code: ErrorCode;
  /** What is wrong, in a sentence that names the value at fault. */
  readonly message: string;
  /** What it is about: a construct path (`production/shop/api`), an object or a file. */
  readonly place?: string;
  /** The field, as the API server writes it: `spec.template.spec.containers[0].image`, or a prop: `ports.http`. */
  readonly path?: string;
  /** Where in the user's code: `apps/shop/shop.ts:42`. */
  readonly source?: string;
  /** Where the function was called that the line stands in: `apps/shop/main.ts:7`. */
  readonly calledFrom?: readonly string[];
  /** The way out. */
  readonly hint?: string;
}

/**
 * The one error type of Seaworthy. It carries every problem that was found, not only the first;
 * `code` is the first problem's.
 */
export class SeaworthyError extends Error {
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(problem: Problem, ...more: Problem[]) {
    const problems: [Problem, ...Problem[]] = [problem, ...more];
    super(describe(problems));
    this.name = 'SeaworthyError';
    this.problems = problems;
  }

  get code(): ErrorCode {
    return this.problems[0].code;
  }
}

/** Characters of a message or hint that are shown: it may be what the app threw. */
const LONGEST = 10_000;

/** Characters of a place and field that are shown; a path of a file has no more. */
const LONGEST_PLACE = 4096;

/**
 * A problem as one paragraph: place, field, message, hint, source. Only its first line begins without a blank, whatever
 * a name in it holds.
 */
export function describeProblem(problem: Problem): string {
  const where = [problem.place, problem.path].filter((part) => part !== undefined && part !== '').join(' ');
  const told = visibleLines(cut(problem.message, LONGEST), '    ');
  const lines = [`${where === '' ? '' : `${visible(cut(where, LONGEST_PLACE))}: `}${told} [${problem.code}]`];
  if (problem.hint !== undefined) lines.push(`  ${visibleLines(cut(problem.hint, LONGEST), '  ')}`);
  if (problem.source !== undefined) lines.push(`  at ${visible(withCallers(problem))}`);
  return inert(lines.join('\n'));
}

/** A line, with those that called the function it stands in: `helpers.ts:4, called from shop.ts:42`. */
export function withCallers({
  source = '',
  calledFrom = [],
}: Pick<Problem, 'source' | 'calledFrom'>): string {
  return calledFrom.length === 0 ? source : `${source}, called from ${calledFrom.join(', ')}`;
}

function describe(problems: readonly [Problem, ...Problem[]]): string {
  if (problems.length === 1) return describeProblem(problems[0]);
  return [`${problems.length} problems:`, ...problems.map(describeProblem)].join('\n');
}

/** `names` as a reader would say them: `a`, `a or b`, `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}

/** Candidates that are compared. Without an end, n wrong names among n right ones would take n² comparisons. */
const MOST_COMPARED = 500;

/**
 * The candidate nearest to `word` by edit distance, for "did you mean …".
 * Nothing when all are too far off to be a slip of the fingers.
 */
export function nearest(word: string, candidates: Iterable<string | number>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  let compared = 0;
  for (const each of candidates) {
    if (++compared > MOST_COMPARED) break;
    const candidate = String(each);
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. `limit` stands for every
 * distance that is not below it.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (limit <= 1) return a === b ? 0 : limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  let shortest = 0;
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    const shortestBefore = shortest;
    shortest = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
      if (cost < shortest) shortest = cost;
    }
    // A swap reaches back over one row.
    if (shortest >= limit && shortestBefore >= limit) return limit;
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
