import { readFileSync } from 'node:fs';

/** One thing that the reader of a guide does: a command, with what it prints if that is shown, or a change of the code. */
export type Step =
  | { readonly command: string; readonly prints?: string }
  | { readonly removed: string; readonly added: string };

/** The steps in a section of a guide, in order. */
export function stepsIn(file: string, heading: string): Step[] {
  const [, after = ''] = readFileSync(file, 'utf8').split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  return blocks.flatMap(([, language = '', text = ''], index): Step[] => {
    if (language === 'diff') return [changeIn(text)];
    if (language !== 'console') return [];
    const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']): Step => ({ command }));
    const [, next, prints] = blocks[index + 1] ?? [];
    const last = commands.pop();
    if (last === undefined) return [];
    return [...commands, next === 'text' && prints !== undefined ? { ...last, prints } : last];
  });
}

function changeIn(diff: string): Step {
  const lines = (sign: string): string =>
    diff
      .split('\n')
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');
  return { removed: lines('-'), added: lines('+') };
}
