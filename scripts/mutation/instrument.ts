import type { Mutant } from './mutant';

/** A mutant with the number that turns it on. */
export interface Numbered {
  readonly id: number;
  readonly mutant: Mutant;
}

/** The text of a file with all of its mutants in it, each asleep until `$mutant(id)` says that it is its turn. */
export function instrumented(text: string, mutants: readonly Numbered[]): string {
  const inOrder = [...mutants].sort((a, b) => a.mutant.start - b.mutant.start || b.mutant.end - a.mutant.end);
  return render(text, 0, text.length, inOrder);
}

function render(text: string, start: number, end: number, mutants: readonly Numbered[]): string {
  let [out, at, rest] = ['', start, mutants];
  for (let [first] = rest; first !== undefined; [first] = rest) {
    const { start: from, end: to } = first.mutant;
    const inside = rest.filter(({ mutant }) => mutant.start < to);
    const same = inside.filter(({ mutant }) => mutant.start === from && mutant.end === to);
    const deeper = inside.filter((numbered) => !same.includes(numbered));
    out += text.slice(at, from) + same.reduce(wrapped, render(text, from, to, deeper));
    [at, rest] = [to, rest.slice(inside.length)];
  }
  return out + text.slice(at, end);
}

function wrapped(original: string, { id, mutant: { kind, replacement } }: Numbered): string {
  if (kind === 'block') return `{ if (!$mutant(${id})) ${original} }`;
  return `($mutant(${id}) ? (${replacement}) : (${original}))`;
}
