import type { Elsewhere } from '../../graph/around';

/** A question to the rest of a project, and its answer; `null` for none. */
export type Asked =
  | readonly ['has', Parameters<Elsewhere['has']>[0], string | null]
  | readonly ['labels', Parameters<Elsewhere['labels']>[0], string | null]
  | readonly ['builtBy', null, string | null];

/** `elsewhere`, which adds to `asked` whatever it is asked, in order. */
export function noting(elsewhere: Elsewhere, asked: Asked[]): Elsewhere {
  const seen = new Set<string>();
  const note = (each: Asked): void => {
    const question = JSON.stringify(each.slice(0, 2));
    if (!seen.has(question)) asked.push(each);
    seen.add(question);
  };
  return {
    has: (target) => {
      const answer = elsewhere.has(target);
      note(['has', target, answer ?? null]);
      return answer;
    },
    labels: (selector) => {
      const answer = elsewhere.labels(selector);
      note(['labels', selector, answer ?? null]);
      return answer;
    },
    builtBy: () => {
      const answer = elsewhere.builtBy();
      note(['builtBy', null, answer ?? null]);
      return answer;
    },
  };
}

/**
 * Whether the rest of a project answers as it did. What is asked next follows from the answers before, so that a run
 * that is answered in the same way asks the same.
 */
export function answersAs(elsewhere: Elsewhere, asked: readonly Asked[]): boolean {
  return asked.every(([question, about, answer]) => {
    if (question === 'builtBy') return (elsewhere.builtBy() ?? null) === answer;
    const now = question === 'has' ? elsewhere.has(about) : elsewhere.labels(about);
    return (now ?? null) === answer;
  });
}
