import { readFileSync } from 'node:fs';

/** One thing that the reader of a guide does: a command, with what it prints if that is shown, or a change of the code. */
export type Step =
  | { readonly command: string; readonly prints?: string }
  | { readonly removed: string; readonly added: string };

/** The steps in a section of a guide, in order. */
export function stepsIn(file: string, heading: string): Step[] {
  const blocks = blocksIn(file, heading);
  return blocks.flatMap(({ language, text }, index): Step[] => {
    if (language === 'diff') return [changeIn(text)];
    if (language !== 'console') return [];
    const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']): Step => ({ command }));
    const next = blocks[index + 1];
    const last = commands.pop();
    if (last === undefined) return [];
    return [...commands, next?.language === 'text' ? { ...last, prints: next.text } : last];
  });
}

/** The blocks of code in a section of a guide, in order. */
function blocksIn(
  file: string,
  heading: string,
): readonly { readonly language: string; readonly text: string }[] {
  const [, after = ''] = readFileSync(file, 'utf8').split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The first block of a language in a section of a guide. @throws Error if it has none */
export function blockIn(file: string, heading: string, language: string): string {
  const found = blocksIn(file, heading).find((block) => block.language === language);
  if (found === undefined) throw new Error(`the guide has no block of ${language} under ${heading}`);
  return found.text;
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
