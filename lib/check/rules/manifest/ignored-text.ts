import type { Rule } from '../../rule';

export const ignoredText: Rule = {
  name: 'manifest/ignored-text',
  severity: 'error',
  about: 'Finds text behind the end of a YAML document: after `...`, or indented less than its first line.',
  why: 'Reading ends there: kubectl drops the rest without a word.',
  run({ set }, report) {
    for (const manifest of set)
      for (const {
        what,
        path,
        lines: [first],
      } of manifest.dropped ?? [])
        if (what === 'ignored-text')
          report(
            manifest,
            path,
            `kubectl ignores the text from line ${first} on: the document ends before it`,
            HINT,
          );
  },
};

const HINT = 'Separate documents with ---, and indent all keys of a map alike.';
