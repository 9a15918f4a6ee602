import type { Mutant } from './mutant';
import type { Sample } from './sample';

export type Outcome = 'killed' | 'timeout' | 'survived' | 'unreached';

export interface Result {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
}

/** The percentage of mutants of which some test knew. */
export function score(results: readonly Result[]): number {
  const killed = results.filter(({ outcome }) => outcome === 'killed' || outcome === 'timeout').length;
  return results.length === 0 ? 100 : (100 * killed) / results.length;
}

/** The survivors of a room, each with what it changes, and a line of figures. */
export function described({ room, all, refused, equivalent }: Sample, results: readonly Result[]): string {
  const survivors = results.filter(({ outcome }) => outcome === 'survived' || outcome === 'unreached');
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const figures = [
    `${count('killed') + count('timeout')} of ${results.length} killed (${score(results).toFixed(1)} %)`,
    `${count('timeout')} by timeout`,
    `${count('survived')} survived`,
    `${count('unreached')} unreached`,
    `${refused} did not compile`,
    `${equivalent} equivalent`,
    `${all} in the room`,
  ];
  return [...survivors.map(line), `${room}: ${figures.join(', ')}`].join('\n');
}

function line({ mutant, outcome }: Result): string {
  const { file, line: row, column, kind, original, replacement } = mutant;
  const note = outcome === 'unreached' ? ', no test reaches it' : '';
  return `${file}:${row}:${column} ${kind}${note}\n    ${short(original)}\n  → ${short(replacement)}`;
}

function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 140 ? `${flat.slice(0, 100)} … ${flat.slice(-38)}` : flat;
}
