import type { Rule } from '../../rule';

export const duplicateKey: Rule = {
  name: 'manifest/duplicate-key',
  severity: 'error',
  about:
    'Finds keys that stand twice in one map of a manifest, and keys that a later merge key overwrites. The same value again is a warning.',
  why: 'The last value counts: kubectl drops the others without a word. Kustomize and Flux reject the file.',
  run({ set }, report) {
    for (const manifest of set)
      for (const { what, path, lines, isSame = false } of manifest.dropped ?? []) {
        if (what !== 'duplicate-key') continue;
        const twice = `the key is set twice, ${onLines(lines)}`;
        if (isSame) report(manifest, path, `${twice}, to the same value`, HINT, 'warning');
        else report(manifest, path, `${twice}: kubectl keeps the last value`, HINT);
      }
  },
};

const HINT = 'Remove one of them.';

function onLines(lines: readonly number[]): string {
  const [first, ...more] = new Set(lines);
  return more.length === 0 ? `on line ${first}` : `on lines ${first} and ${more.join(', ')}`;
}
